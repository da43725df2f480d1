"""One measured figure beside its bound, the table of all, and the file they are kept in."""

import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import channels
import daphne
import django

from benchmarks.cores import CLIENT_CORE, SERVER_CORE

RESULTS = Path(__file__).resolve().parent / "results"


@dataclass(frozen=True)
class Figure:
    """`bound` None is a figure that stands beside another one for comparison."""

    name: str
    measured: float
    unit: str
    bound: float | None = None
    at_least: bool = False  # the bound is a floor
    note: str = ""

    @property
    def is_kept(self) -> bool | None:
        if self.bound is None:
            return None
        if self.at_least:
            return self.measured >= self.bound
        return self.measured <= self.bound

    def row(self) -> tuple[str, str, str, str, str]:
        sign = "≥" if self.at_least else "≤"
        bound = "" if self.bound is None else f"{sign} {_number(self.bound)} {self.unit}"
        said = {None: "", True: "yes", False: "MISSED"}[self.is_kept]
        return self.name, f"{_number(self.measured)} {self.unit}".strip(), bound, said, self.note


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of all do not exceed."""
    ordered = sorted(values)
    place = max(0, -(-len(ordered) * share // 1) - 1)
    return ordered[int(place)]


def table(figures: Sequence[Figure]) -> str:
    rows = [("figure", "measured", "bound", "ok?", "")] + [figure.row() for figure in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[4]])
        for row in rows
    ]
    lines.insert(1, "-" * (sum(widths) + 8))
    return "\n".join(line.rstrip() for line in lines)


def machine() -> dict:
    return {
        "cores": os.cpu_count(),
        "server_core": SERVER_CORE,
        "client_core": CLIENT_CORE,
        "load_average": [round(load, 2) for load in os.getloadavg()],
        "system": platform.platform(terse=True),
        "processor": _processor(),
        "python": platform.python_version(),
        "django": django.__version__,
        "channels": channels.__version__,
        "daphne": daphne.__version__,
        "sqlite": sqlite3.sqlite_version,
    }


def write(path: Path, figures: Sequence[Figure], facts: dict) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": facts,
        "figures": [asdict(figure) | {"is_kept": figure.is_kept} for figure in figures],
    }
    path.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _number(value: float) -> str:
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()
