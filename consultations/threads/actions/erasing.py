"""Taking the words of a comment out of the house (promise 9). Its place and the record stay."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Denied
from consultations.ledger import actions as ledger
from consultations.people.rules import can_erase
from consultations.proceedings.models import Consultation
from consultations.threads.models import Comment


def erase_comment(*, actor, comment: Comment, at: datetime) -> None:
    """Its author's right, at any stage. Safe to repeat.

    Body, proposed words and their salts are gone; the quoted words are the standard's and stay.
    """
    with transaction.atomic():
        ledger.lock(comment.consultation.log)
        comment.refresh_from_db(fields=["erased_at"])
        author = comment.participant.user
        if author is None or not can_erase(actor, author):
            raise Denied(_("Only its author can have a comment erased."))
        erase_locked(comment.consultation, [comment], at=at)


def erase_locked(consultation: Consultation, comments: Iterable[Comment], *, at: datetime) -> None:
    """For who holds the log's lock and knows that it is asked for by right."""
    rest = [comment for comment in comments if comment.erased_at is None]
    for comment in rest:
        comment.body = comment.proposed_text = ""
        # An unsalted digest of what was sent: a guess could be tested against it.
        comment.fingerprint = ""
        comment.erased_at = at
        comment.save(update_fields=["body", "proposed_text", "fingerprint", "erased_at"])
    published = [comment for comment in rest if comment.seq is not None]
    ledger.erase_salts(consultation.log, seqs=[comment.seq for comment in published])
    for comment in published:
        ledger.append(
            consultation.log,
            "comment.erased",
            actor="system",
            subject=f"comment:{comment.number}",
            data={"number": comment.number},
            at=at,
        )
