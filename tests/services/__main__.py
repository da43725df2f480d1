"""The whole suite in four rounds, closed by one line in pytest's own form.

First on SQLite with channels in memory, then on PostgreSQL with Redis. In each, tests that measure
what real server processes do run by themselves. What depends on no database, and journeys in a
browser, run once.
"""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from tests.services import require_packages, running_postgres, running_redis
from tests.support.servers import Databases

TOGETHER = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
ROUNDS = [
    ("SQLite", "sqlite", [*TOGETHER, "-m", "not process"]),
    ("SQLite, server processes", "sqlite", ["-m", "process"]),
    ("PostgreSQL and Redis", "postgres", [*TOGETHER, "-m", "not process and not once"]),
    ("PostgreSQL and Redis, server processes", "postgres", ["-m", "process and not once"]),
]
NO_TESTS = 5


def run_round(name: str, arguments: list[str], environment: dict[str, str], report: Path) -> int:
    print(f"\n##### {name}", flush=True)
    status = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
    ).returncode
    return 0 if status == NO_TESTS else status


def read_report(report: Path) -> tuple[Counter, list[str]]:
    """One round's counts and the tests that did not pass. An expected failure counts as skipped:
    it proves nothing."""
    if not report.exists():
        return Counter(errors=1), ["the round ended without a report"]
    suite = ElementTree.parse(report).getroot().find("testsuite")
    counts = Counter({name: int(suite.get(name)) for name in ("failures", "errors", "skipped")})
    counts["passed"] = int(suite.get("tests")) - counts.total()
    others = [
        f"{found.tag}: {case.get('classname')}::{case.get('name')}"
        for case in suite.iter("testcase")
        for found in case
        if found.tag in {"failure", "error", "skipped"}
    ]
    return counts, others


def closing_line(total: Counter, seconds: float) -> str:
    words = {"failures": "failed", "passed": "passed", "skipped": "skipped", "errors": "errors"}
    parts = [f"{total[key]} {word}" for key, word in words.items() if total[key]]
    text = f" {', '.join(parts) or 'no tests ran'} in {seconds:.2f}s "
    return f"{text:=^80}"


def run_suite(arguments: list[str]) -> int:
    require_packages()
    started, total, statuses, others = time.monotonic(), Counter(), [], []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="rembuk-test-")))
        environments = _environments(stack)
        _migrate_once(environments, folder)
        for number, (name, database, options) in enumerate(ROUNDS):
            report = folder / f"{number}.xml"
            status = run_round(name, [*options, *arguments], environments[database], report)
            counts, named = read_report(report)
            total += counts
            statuses.append(status)
            others += [f"{name}: {line}" for line in named]
    print("\n".join(["", *others]))
    if total["skipped"]:
        print("A skipped test proves nothing: it counts as a failure here.")
    print(closing_line(total, time.monotonic() - started), flush=True)
    return int(any(statuses) or total["skipped"] > 0 or not total["passed"])


def _environments(stack: ExitStack) -> dict[str, dict[str, str]]:
    bare = {
        k: v
        for k, v in os.environ.items()
        if k not in {"DATABASE_URL", "REDIS_URL", "DEMO", "MIGRATED_DATABASE"}
    }
    bare["PYTHONHASHSEED"] = "0"  # all of xdist's workers must collect in one order
    services = {
        "DATABASE_URL": stack.enter_context(running_postgres()),
        "REDIS_URL": stack.enter_context(running_redis()),
    }
    return {"sqlite": bare, "postgres": bare | services}


def _migrate_once(environments: dict[str, dict[str, str]], folder: Path) -> None:
    """An empty database of each kind, which the rounds copy: migrating takes seconds."""

    def migrate(kind: str) -> None:
        databases = Databases(folder, environments[kind].get("DATABASE_URL", ""), "rembuk_migrated")
        environments[kind]["MIGRATED_DATABASE"] = databases.migrate()

    with ThreadPoolExecutor() as pool:
        list(pool.map(migrate, environments))


def run_command(command: list[str]) -> int:
    with ExitStack() as stack:
        return subprocess.run(command, env=_environments(stack)["postgres"]).returncode


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(run_command(given[1:]) if given[:1] == ["--"] else run_suite(given))
