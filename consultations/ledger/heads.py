"""Signed heads: what a reader keeps outside, to check the record against later."""

from collections.abc import Iterable
from typing import Any

from consultations.ledger import canonical, holding, signing
from consultations.ledger.models import Checkpoint, Entry, Log


def statement(log: Log) -> bytes:
    return canonical.head_statement(
        canonical.name_of(log), epoch=log.epoch, seq=log.head_seq, hash=log.head_hash
    )


def sign_head(log: Log) -> dict[str, Any]:
    """The head, signed, as JSON can hold it; `verify_record --head` takes it back.

    Inside an action this is the head after what the action has appended; outside it is the one
    that `log` was loaded with.
    """
    head = holding.held(log) if holding.is_held(log) else log
    signature = signing.sign(statement(head))
    key = signing.present_key()
    signed = {"key_id": key.id, "public_key": key.public_key, "signature": signature}
    return _document(head, head.epoch, head.head_seq, head.head_hash) | signed


def kept_head(checkpoint: Checkpoint) -> dict[str, Any]:
    """The head that a checkpoint keeps (its log must be loaded)."""
    key = signing.key_by_id(checkpoint.key_id)
    return _document(checkpoint.log, checkpoint.epoch, checkpoint.seq, checkpoint.hash) | {
        "key_id": checkpoint.key_id,
        "public_key": key.public_key if key else "",  # a former one that nobody told us of
        "signature": checkpoint.signature,
        "at": canonical.write_moment(checkpoint.at),
    }


def published_keys() -> dict[str, Any]:
    """What anyone needs to check signatures with, also those of before a change of keys."""
    former = [
        {
            "key_id": key.id,
            "public_key": key.public_key,
            "until": canonical.write_moment(key.until) if key.until else None,
        }
        for key in signing.former_keys()
    ]
    return {"public_key": signing.public_key(), "former_keys": former}


def signers_of(log: Log, entries: Iterable[Entry]) -> dict[int, str]:
    """The public key of each entry's signature, by its number. Without a change of keys there is
    only one, and nothing is tried."""
    key, name = signing.present_key(), canonical.name_of(log)
    found = {}
    for entry in entries:
        if signing.former_keys():
            statement = canonical.head_statement(
                name, epoch=entry.epoch, seq=entry.seq, hash=entry.hash
            )
            key = signing.signer(statement, entry.signature, likely=key) or key
        found[entry.seq] = key.public_key
    return found


def _document(log: Log, epoch: int, seq: int, hash: str) -> dict[str, Any]:
    return {
        "log": canonical.name_of(log),
        "epoch": epoch,
        "seq": seq,
        "hash": hash,
        "algorithm": "ed25519",
    }
