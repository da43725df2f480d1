"""Measures the figures of DESIGN §11 and says which are kept (`make bench`).

    python -m benchmarks                    all, in some ten minutes; kept in results/latest.json
    python -m benchmarks --only burst       one subject; may be given several times
    python -m benchmarks --quick            few of everything, only to see that it works

A missed figure is said, not an error; a measurement that breaks is (exit status 1).
"""

import argparse
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks import (
    accepting,
    comparing,
    figures,
    importing,
    live,
    pages,
    register,
    returning,
    words,
)
from benchmarks.figures import Figure
from benchmarks.plan import QUICK, Plan
from benchmarks.stage import Stage, running_stage

SUBJECTS: dict[str, Callable[[Stage], Iterable[Figure]]] = {
    "announce": live.measure_announcing,
    "burst": live.measure_burst,
    "steady": live.measure_steady,
    "textbook": comparing.measure_textbook,
    "returning": returning.measure_returning,
    "deaf": returning.measure_deaf,
    "accept": accepting.measure_accepting,
    "page": pages.measure_page,
    "diff": words.measure_diff,
    "export": words.measure_export,
    "import": importing.measure_import,
    "register": register.measure_register,
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=SUBJECTS, metavar="NAME")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--results", type=Path, help="where to keep the figures as JSON")
    options = parser.parse_args(arguments)
    names = options.only or list(SUBJECTS)
    facts = figures.machine()
    measured, broken = _measure(names, QUICK if options.quick else Plan())
    print("\n" + figures.table(measured))
    print(_closing_line(measured, broken))
    path = options.results
    if path is None and not options.quick and not options.only and not broken:
        path = figures.RESULTS / "latest.json"
    if path:
        figures.write(path, measured, facts)
    return 1 if broken else 0


def _measure(names: Sequence[str], plan: Plan) -> tuple[list[Figure], list[str]]:
    measured, broken = [], []
    with running_stage(plan) as stage:
        for name in names:
            print(f"{name} … ", end="", flush=True)
            start = time.monotonic()
            try:
                found = list(SUBJECTS[name](stage))
                assert found, "a subject without figures"
                measured += found
            except Exception:  # the others are still worth measuring
                print("broken")
                traceback.print_exc()
                broken.append(name)
            else:
                print(f"{time.monotonic() - start:.0f} s", flush=True)
    return measured, broken


def _closing_line(measured: Sequence[Figure], broken: Sequence[str]) -> str:
    bound = [figure for figure in measured if figure.bound is not None]
    missed = [figure.name.strip() for figure in bound if not figure.is_kept]
    parts = [f"{len(bound) - len(missed)} of {len(bound)} figures kept"]
    if missed:
        parts.append(f"missed: {', '.join(missed)}")
    if broken:
        parts.append(f"broken: {', '.join(broken)}")
    return "; ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
