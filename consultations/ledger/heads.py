"""Signed heads: what a reader keeps outside, to check the record against later."""

from typing import Any

from consultations.ledger import canonical, holding, signing
from consultations.ledger.models import Checkpoint, Log


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
    return _document(head, head.epoch, head.head_seq, head.head_hash, signature)


def kept_head(checkpoint: Checkpoint) -> dict[str, Any]:
    """The head that a checkpoint keeps (its log must be loaded)."""
    kept = _document(
        checkpoint.log, checkpoint.epoch, checkpoint.seq, checkpoint.hash, checkpoint.signature
    )
    return kept | {"at": canonical.write_moment(checkpoint.at)}


def _document(log: Log, epoch: int, seq: int, hash: str, signature: str) -> dict[str, Any]:
    return {
        "log": canonical.name_of(log),
        "epoch": epoch,
        "seq": seq,
        "hash": hash,
        "algorithm": "ed25519",
        "key_id": signing.key_id(),
        "public_key": signing.public_key(),
        "signature": signature,
    }
