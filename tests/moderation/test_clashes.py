"""Words that changed while an outcome was written: what the desk shows of it."""

from consultations.standards import actions as standards
from tests import build
from tests.moderation.test_desk import post


def test_a_heading_that_changed_meanwhile_is_shown_with_the_clash(
    as_user, consultation, answering_officer
):
    build.a_comment(consultation)
    before = build.a_wording(build.draft_of(consultation))
    draft = build.a_next_draft(before.placement.revision)
    standards.reword_clause(
        actor=None,
        revision=draft,
        clause=before.placement.clause,
        language="id",
        body=before.body,
        heading="Jangka waktu",
        reason_kind="editorial",
        reason="lebih jelas",
        expected_digest=build.a_wording(draft).digest,
        at=build.TODAY,
    )

    response = post(as_user(answering_officer), consultation, comments="1")

    [box] = [box for box in response.context["boxes"] if box.clash]
    assert box.clash.heading == ("", "Jangka waktu")
    assert "Jangka waktu</ins>" in response.content.decode()
