"""The bytes that are chained and signed.

Every hash and signature is over lines of text of which the first says what it is for, so that
none can be taken for another. All lines but the last are of a fixed length or cannot hold a line
break, so that nothing can move between them. JSON is canonical here: sorted keys, no spaces,
UTF-8, nothing escaped that need not be. A text goes in as it came, without normalising it.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from consultations.ledger.models import Log

FORMAT_VERSION = 1
ALGORITHM = "sha256"

_LEAVES = (str, int, type(None))
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True
)


def name_of(log: Log) -> str:
    """The log's name in everything that is hashed or signed."""
    return f"{log.kind}:{log.key}:{log.side}"


def canonical_json(value: Any) -> str:
    _require_text_keys(value)
    return _ENCODER.encode(value)


def genesis(log: Log, *, epoch: int) -> str:
    """What stands before the first entry: bound to its log, so that chains cannot be exchanged."""
    return _sha256(f"rembuk-genesis-1\n{name_of(log)}\n{epoch}")


def chain(previous: str, body: str) -> str:
    return _sha256(f"rembuk-entry-1\n{previous}\n{body}")


def head_statement(name: str, *, epoch: int, seq: int, hash: str) -> bytes:
    """What a signature says: in this epoch of this log, entry `seq` has this hash."""
    return f"rembuk-head-1\n{name}\n{epoch}\n{seq}\n{hash}".encode()


def new_salt() -> str:
    return secrets.token_hex(32)


def digest(salt: str, name: str, text: str) -> str:
    """Says nothing about a text, even one that can be guessed, once the salt is gone."""
    return hmac.digest(bytes.fromhex(salt), f"{name}\n{text}".encode(), "sha256").hex()


def write_moment(at: datetime) -> str:
    """In UTC with microseconds, so that one moment is one text."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _require_text_keys(value: Any) -> None:
    """json would turn other keys into text, and two of them into the same."""
    if isinstance(value, _LEAVES):
        return
    if isinstance(value, Mapping):
        for key, held in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{key!r}: keys of an entry's data are text")
            _require_text_keys(held)
    elif isinstance(value, list | tuple):
        for held in value:
            _require_text_keys(held)
