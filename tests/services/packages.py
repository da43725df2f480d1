"""The programs outside Python that the suite needs, and how to come by them on Debian."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def postgres_programs() -> Path | None:
    """The folder with initdb and postgres, the newest version first; Debian hides it from PATH."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = sorted(versions, key=lambda path: int(path.parts[-3]), reverse=True)
    if newest:
        return newest[0].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


NEEDS = {
    "postgresql": postgres_programs,
    "redis-server": lambda: shutil.which("redis-server"),
    "chromium": lambda: shutil.which("chromium") or shutil.which("chromium-browser"),
    # Without any font a browser measures and shows nothing.
    "fonts-liberation": lambda: any(Path("/usr/share/fonts").rglob("*.ttf")),
}


def require_packages() -> None:
    """Install what is missing as root on Debian; otherwise leave with the names of it."""
    missing = [name for name, find in NEEDS.items() if not find()]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        _install(missing)
        missing = [name for name, find in NEEDS.items() if not find()]
    if missing:
        sys.exit(f"The tests need what is not installed: apt-get install {' '.join(missing)}")


def _install(names: list[str]) -> None:
    print(f"Installing {', '.join(names)}", flush=True)
    # RUNLEVEL=1 keeps Debian from starting servers of its own: the suite starts private ones.
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    install = ["install", "--yes", "--no-install-recommends", *names]
    for arguments in (["update"], install):
        subprocess.run(
            ["apt-get", "-qq", *arguments], env=quiet, stdin=subprocess.DEVNULL, check=False
        )
