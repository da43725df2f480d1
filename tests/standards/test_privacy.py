"""Which official changed which words: handed out, and kept."""

from consultations.people.privacy import personal_data
from consultations.standards import actions
from consultations.standards.models import Change
from tests import build
from tests.standards.drafts import WHY, a_draft, clause, digest


def test_who_changed_words_is_handed_out_and_stays(agency, drafter, citizen):
    draft = a_draft(agency)
    actions.reword_clause(
        actor=drafter,
        revision=draft,
        clause=clause(draft, "2.1"),
        language="id",
        body="Paling lama 5 (lima) hari kerja.",
        expected_digest=digest(draft, "2.1"),
        **WHY,
    )
    registered = personal_data[Change.__name__]

    registered.erase(drafter, build.TODAY)

    assert registered.export(citizen) == []
    assert registered.export(drafter) == [
        {
            "agency": "disdukcapil",
            "service": draft.standard.service.slug,
            "revision": 2,
            "operation": "reword",
            "reason_kind": "editorial",
            "reason": "Lebih jelas.",
            "made_at": build.TODAY.isoformat(),
            "reverted_at": None,
        }
    ]
