"""The site's keys. Who signs is settings.LEDGER_KEY; its public half is published with every head.

After a change of keys the public halves of former ones (settings.LEDGER_FORMER_KEYS, oldest first)
still verify what they signed, and nothing else: verifying names what a former key signs after its
end, or after a newer key has signed. Entries do not say which key signed them. There are few, so
trying them is enough, and a name in the row would be one more thing to forge.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings


@dataclass(frozen=True)
class Key:
    """A public key of this site. `rank` rises from the oldest to the present one."""

    public_key: str
    rank: int
    until: datetime | None = None  # nothing that is dated later may be signed with it

    @property
    def id(self) -> str:
        """Short enough for a column."""
        return hashlib.sha256(bytes.fromhex(self.public_key)).hexdigest()[:16]


@lru_cache(maxsize=4)
def _private_key(seed: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(seed)


@lru_cache(maxsize=4)
def _public_half(seed: bytes) -> str:
    return _private_key(seed).public_key().public_bytes_raw().hex()


@lru_cache(maxsize=64)
def _public_key(raw: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(raw))


def public_key() -> str:
    return _public_half(settings.LEDGER_KEY)


def present_key() -> Key:
    return Key(public_key(), len(settings.LEDGER_FORMER_KEYS))


def former_keys() -> list[Key]:
    """Oldest first."""
    found = enumerate(settings.LEDGER_FORMER_KEYS)
    return [Key(public, rank, until) for rank, (public, until) in found]


def key_by_id(id: str) -> Key | None:
    return next((key for key in [present_key(), *former_keys()] if key.id == id), None)


def sign(statement: bytes) -> str:
    return _private_key(settings.LEDGER_KEY).sign(statement).hex()


def signer(statement: bytes, signature: str, *, likely: Key | None = None) -> Key | None:
    """Which of this site's keys has signed the statement; `likely` is tried first."""
    keys = [key for key in [present_key(), *reversed(former_keys())] if key != likely]
    candidates = [likely, *keys] if likely else keys
    return next((k for k in candidates if is_signed(statement, signature, by=k.public_key)), None)


def is_signed(statement: bytes, signature: str, *, by: str) -> bool:
    """Whether the public key `by` has signed the statement."""
    try:
        _public_key(by).verify(bytes.fromhex(signature), statement)
    except (InvalidSignature, ValueError):
        return False
    return True
