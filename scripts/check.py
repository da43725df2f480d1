"""The gate before tests: every check runs, what fails is shown, one failure fails the whole."""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]

# What a real deployment sets; `check --deploy` looks at these and at nothing of the demo.
DEPLOYMENT = {
    "DEMO": "0",
    "DEBUG": "0",
    "SECRET_KEY": secrets.token_hex(32),
    "LEDGER_KEY": secrets.token_hex(32),
    "SITE_URL": "https://forum.example",
    "ALLOWED_HOSTS": "forum.example",
    "EMAIL_URL": "smtp://localhost",
}

CHECKS = [
    ("code", [BIN / "ruff", "check", "--quiet", "."], {}),
    ("format", [BIN / "ruff", "format", "--check", "--quiet", "."], {}),
    ("templates", [BIN / "djlint", "--lint", "--quiet", "templates"], {}),
    ("layers", [BIN / "lint-imports"], {}),
    ("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], {}),
    ("catalogues", [sys.executable, "-m", "scripts.check_messages"], {}),
    ("deployment", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], DEPLOYMENT),
]


def run(name: str, command: list, environment: dict[str, str]) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        command,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    passed = done.returncode == 0
    print(
        f"{name:12}{'ok' if passed else 'FAILED':8}{time.monotonic() - started:5.1f} s", flush=True
    )
    if not passed:
        print(done.stdout, flush=True)
    return passed


def main() -> int:
    failed = [name for name, *rest in CHECKS if not run(name, *rest)]
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
