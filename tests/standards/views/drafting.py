"""What tests of the editor's pages share."""

from django.urls import reverse
from django.utils import translation

from consultations.standards import actions
from tests import build
from tests.standards.drafts import WHY, clause, digest

REASON = {"reason_kind": "editorial", "reason": "Lebih jelas."}


def url(draft, name="draft", *args):
    service = draft.standard.service
    with translation.override("en"):
        return reverse(name, args=[service.agency.slug, service.slug, *args])


def words(draft, label="2.1", **changed):
    """What the form of a clause sends."""
    wording = build.a_wording(draft, label)
    sent = {
        "heading_id": wording.heading,
        "body_id": wording.body,
        "seen_id": wording.digest,
        "heading_en": "",
        "body_en": "",
        "seen_en": "",
    }
    return sent | REASON | changed


def body(draft, label="2.1", language="id"):
    return build.a_wording(draft, label, language).body


def reword(draft, text, label="2.1"):
    """By a colleague."""
    actions.reword_clause(
        actor=None,
        revision=draft,
        clause=clause(draft, label),
        language="id",
        body=text,
        expected_digest=digest(draft, label),
        **WHY,
    )
