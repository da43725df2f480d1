"""The site's key (settings.LEDGER_KEY). Its public half is published with every signed head."""

import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from django.conf import settings


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


def key_id() -> str:
    """Which key signed, short enough for a column."""
    return hashlib.sha256(bytes.fromhex(public_key())).hexdigest()[:16]


def sign(statement: bytes) -> str:
    return _private_key(settings.LEDGER_KEY).sign(statement).hex()


def is_signed(statement: bytes, signature: str, *, by: str = "") -> bool:
    """Whether the key `by` (this site's, if none is given) has signed the statement."""
    try:
        _public_key(by or public_key()).verify(bytes.fromhex(signature), statement)
    except (InvalidSignature, ValueError):
        return False
    return True
