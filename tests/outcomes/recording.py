"""What the tests of outcomes share: an answer in one line, and what the record says of it."""

from uuid import uuid4

from consultations.ledger.models import Entry
from consultations.ledger.queries import data_of
from consultations.ledger.verifying import verify
from consultations.outcomes import actions
from tests import build

NEW = "KTP-el diselesaikan paling lama 5 (lima) hari kerja sejak tanggal tanda terima."


def new_words(consultation, after=NEW, label="2.1", revision=None):
    wording = build.a_wording(revision or build.draft_of(consultation), label)
    return actions.NewWords(
        clause=wording.placement.clause,
        language="id",
        after=after,
        expected_digest=wording.digest,
    )


def record(actor, consultation, comments, **kwargs):
    given = {"disposition": "partly", "reason": "Titik mulai kami ubah.", "at": build.TODAY}
    return actions.record_outcome(
        actor=actor, consultation=consultation, comments=comments, **given | kwargs
    )


def outcome_entries(consultation):
    found = Entry.objects.filter(log=consultation.log, type__startswith="outcome.")
    return [(entry.type, data_of(entry)) for entry in found.order_by("seq")]


def findings(consultation):
    consultation.log.refresh_from_db()
    return [str(finding) for finding in verify(consultation.log)]


def revise(actor, outcome, comments, **kwargs):
    given = {"disposition": "accepted", "reason": "Kami periksa lagi.", "at": build.TODAY}
    return actions.revise_outcome(actor=actor, outcome=outcome, comments=comments, **given | kwargs)


def bulk_comments(consultation, like, count):
    """Rows as `post_comment` would write them, without their entries: only counted here."""
    rows = []
    for number in range(like.number + 100, like.number + 100 + count):
        row = type(like).objects.get(pk=like.pk)
        row.pk, row.number, row.token, row.seq = None, number, uuid4(), None
        rows.append(row)
    return type(like).objects.bulk_create(rows)
