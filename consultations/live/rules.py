"""What a reader of a room may ask for."""

from django.utils.translation import gettext as _

from consultations.kernel.errors import Invalid
from consultations.ledger.models import Log


def is_stale(epoch: int | None, log: Log) -> bool:
    """Whether the reader has read in an epoch that is not the log's: what they have is not it."""
    return epoch is not None and epoch != log.epoch


def check_after(after: int, log: Log) -> None:
    if after > log.head_seq:
        message = _("The newest event is %(head)d. Load the page again.") % {"head": log.head_seq}
        raise Invalid(message, field="after")
