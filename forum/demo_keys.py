"""The demo's own keys: made once on this machine and kept beside its data, never in the repo.

They stand beneath the environment (what it gives wins) and only while DEMO is on, so that
`make run`, `manage.py verify_record` and the worker agree without anybody setting a key.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

NAMES = ("SECRET_KEY", "LEDGER_KEY")


def with_demo_keys(environment: Mapping[str, str], path: Path) -> Mapping[str, str]:
    if environment.get("DEMO", "").strip().lower() not in {"1", "true", "on", "yes"}:
        return environment
    if all(environment.get(name, "").strip() for name in NAMES):
        return environment
    return {**_read_or_make(path), **{k: v for k, v in environment.items() if v.strip()}}


def _read_or_make(path: Path) -> dict[str, str]:
    if not path.exists():
        _make(path)
    lines = path.read_text(encoding="ascii").split()
    return dict(line.split("=", 1) for line in lines)


def _make(path: Path) -> None:
    """Several processes may start at once: the first file that is complete stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text("".join(f"{name}={secrets.token_hex(32)}\n" for name in NAMES), "ascii")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
