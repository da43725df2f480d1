"""What a clause promises in figures, stated in the editor."""

import pytest

from consultations.standards import actions
from consultations.standards.digests import digest_target
from consultations.standards.enums import Operation, RevisionState
from consultations.standards.models import Change
from consultations.standards.queries import unexplained_labels
from tests.build import TODAY
from tests.standards.drafts import WHY, a_draft, clause
from tests.standards.views.drafting import REASON, url

pytestmark = pytest.mark.django_db

TIME = {
    "kind": "time",
    "value": 14,
    "unit": "working_days",
    "bound": "at_most",
}


@pytest.fixture
def draft(agency):
    return a_draft(agency)


@pytest.fixture
def editor(as_user, drafter):
    return as_user(drafter)


def target(draft, label="2.1"):
    return draft.placements.get(label=label).target


def state(draft, value, label="2.1"):
    actions.set_target(actor=None, revision=draft, clause=clause(draft, label), target=value, **WHY)


def page(draft, label="2.1"):
    return url(draft, "draft_figures", clause(draft, label).pk)


def fee(draft, **changed):
    """What the form of a fee sends."""
    sent = {"kind": "fee", "target-charge": "free", "seen": digest_target(target(draft))}
    rows = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    sent |= {f"target-rows-{name}": value for name, value in rows.items()}
    return sent | REASON | changed


def test_the_usual_kind_of_the_component_is_offered(editor, draft):
    shown = editor.get(page(draft)).content.decode()

    assert 'data-target-form="time"' in shown
    assert 'data-target-form="fee"' in editor.get(page(draft) + "?kind=fee").content.decode()


def test_stating_figures_has_a_reason_and_can_be_undone(editor, draft):
    answer = editor.post(page(draft), fee(draft))

    assert answer.status_code == 302, answer.content.decode()
    assert target(draft)["kind"] == "fee"
    change = Change.objects.get(revision=draft)
    assert (change.operation, change.reason) == (Operation.TARGET, "Lebih jelas.")
    assert unexplained_labels(draft.based_on, draft) == []
    history = editor.get(url(draft, "draft_changes")).content.decode()
    assert "Figures changed" in history
    assert "{&quot;" not in history
    editor.post(url(draft, "draft_undo", change.pk))
    assert target(draft) is None


def test_figures_that_a_colleague_changed_are_not_written_over(editor, draft):
    sent = fee(draft)
    state(draft, TIME)

    answer = editor.post(page(draft), sent)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "14" in shown
    assert digest_target(TIME) in shown
    assert target(draft) == TIME


def test_figures_are_taken_away(editor, draft):
    state(draft, TIME)

    editor.post(page(draft), {"seen": digest_target(TIME), "remove": "1"} | REASON)

    assert target(draft) is None


def test_figures_without_a_reason_or_wrong_ones_are_kept_in_the_form(editor, draft):
    assert editor.post(page(draft), fee(draft, reason="")).status_code == 422
    assert editor.post(page(draft), fee(draft, **{"target-charge": "dear"})).status_code == 422
    assert target(draft) is None


def test_undoing_figures_that_were_changed_again_is_refused(draft):
    state(draft, TIME)
    first = Change.objects.get(revision=draft)
    state(draft, TIME | {"value": 7})

    with pytest.raises(actions.ChangedSince):
        actions.revert_change(actor=None, change=first, at=TODAY)
    assert target(draft)["value"] == 7


def test_figures_of_a_published_revision_stay(editor, draft):
    sent, address = fee(draft), page(draft)
    actions.publish_revision(actor=None, revision=draft, state=RevisionState.CONSULTED, at=TODAY)

    assert editor.post(address, sent).status_code == 404
    assert target(draft) is None
