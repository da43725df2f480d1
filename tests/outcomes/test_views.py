"""The public pages: matrix, outcome, changes."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from consultations.moderation import actions as moderation
from consultations.outcomes import actions
from consultations.standards import actions as standards
from consultations.standards.queries import working_draft
from tests import build
from tests.outcomes.recording import new_words, record, revise


@pytest.fixture
def answered(consultation, answering_officer):
    comments = [build.a_comment(consultation, body=f"Masukan {n}.") for n in range(2)]
    return record(answering_officer, consultation, comments, changes=[new_words(consultation)])


def get(client, consultation, name, *args, **query):
    return client.get(reverse(name, args=[consultation.slug, *args]), query)


def test_the_matrix_is_public_and_empty_at_first(client, consultation):
    response = get(client, consultation, "outcomes")

    assert response.status_code == 200
    assert "<table" not in response.content.decode()
    assert "Set-Cookie" not in response


def test_the_matrix_shows_answer_and_words(client, consultation, answered):
    page = get(client, consultation, "outcomes").content.decode()

    assert 'id="h-1"' in page
    assert "<p>Titik mulai kami ubah.</p>" in page
    assert "<ins>" in page
    assert reverse("outcome", args=[consultation.slug, 1]) in page


def test_unknown_filters_show_everything(client, consultation, answered):
    page = get(client, consultation, "outcomes", disposition="'; drop", after="x")

    assert page.status_code == 200
    assert 'id="h-1"' in page.content.decode()


def test_a_filter_that_fits_nothing_says_so(client, consultation, answered):
    page = get(client, consultation, "outcomes", disposition="deferred").content.decode()

    assert 'id="h-1"' not in page
    assert "rb-empty" in page


def test_an_outcome_has_a_page_with_its_comments_and_versions(
    client, consultation, answered, answering_officer
):
    comments = [answer.comment for answer in answered.answers.select_related("comment")]
    revise(answering_officer, answered, comments)

    page = get(client, consultation, "outcome", 1).content.decode()

    assert "Kami periksa lagi." in page
    assert "Titik mulai kami ubah." in page  # the earlier version
    assert all(f"Masukan {n}." in page for n in range(2))


def test_a_reverted_outcome_says_so(client, consultation, answered, answering_officer):
    actions.revert_outcome(actor=answering_officer, outcome=answered, at=build.TODAY)

    response = get(client, consultation, "outcome", 1)

    assert response.status_code == 200
    assert "rb-note" in response.content.decode()


def test_an_unknown_outcome_is_missing(client, consultation):
    assert get(client, consultation, "outcome", 9).status_code == 404


def test_an_answer_to_hidden_comments_alone_is_for_its_authors_and_staff(
    client, as_user, consultation, answering_officer, moderator, citizen, other_citizen
):
    comment = build.a_comment(consultation, citizen)
    moderation.hide(actor=moderator, comment=comment, rule="insult", note="Kasar.", at=build.TODAY)
    record(answering_officer, consultation, [comment])

    statuses = {
        "visitor": get(client, consultation, "outcome", 1).status_code,
        "other": get(as_user(other_citizen), consultation, "outcome", 1).status_code,
        "author": get(as_user(citizen), consultation, "outcome", 1).status_code,
        "staff": get(as_user(moderator), consultation, "outcome", 1).status_code,
    }

    assert statuses == {"visitor": 404, "other": 404, "author": 200, "staff": 200}


def test_the_changes_page_answers_why(client, consultation, answered):
    page = get(client, consultation, "changes").content.decode()

    assert 'id="c-2-1"' in page
    assert "<p>Titik mulai kami ubah.</p>" in page
    assert reverse("comment", args=[consultation.slug, 1]) in page
    assert reverse("outcome", args=[consultation.slug, 1]) in page


def test_the_changes_page_says_what_changed_in_figures(
    client, as_user, consultation, answered, moderator
):
    draft = working_draft(build.draft_of(consultation).standard)
    standards.set_target(
        actor=None,
        revision=draft,
        clause=build.a_wording(draft, "2.1").placement.clause,
        target={"kind": "time", "value": 5, "unit": "working_days"},
        at=build.TODAY,
    )

    page = get(as_user(moderator), consultation, "changes").content.decode()

    sentence = "Baru dicantumkan: 5 hari kerja"
    assert f'<p class="rb-promise" data-direction="changed">{sentence}</p>' in page


def test_changes_can_be_read_side_by_side(client, consultation, answered):
    page = get(client, consultation, "changes", view="side").content.decode()

    assert "rb-side-by-side" in page


def test_only_staff_are_told_that_nobody_said_why(
    client, as_user, consultation, answered, moderator
):
    from consultations.outcomes.models import OutcomeChange

    OutcomeChange.objects.all().delete()

    assert 'class="rb-note"' not in get(client, consultation, "changes").content.decode()
    staff = get(as_user(moderator), consultation, "changes").content.decode()
    assert 'class="rb-note"' in staff


@pytest.mark.parametrize("name", ["outcomes", "changes"])
def test_pages_exist_in_both_languages(client, consultation, answered, name):
    with override("id"):
        path = reverse(name, args=[consultation.slug])

    assert client.get(path).status_code == client.get(f"/en{path}").status_code == 200


@pytest.mark.parametrize("name", ["outcomes", "changes"])
def test_what_is_being_prepared_is_the_agencys_own(client, as_user, agency, name, drafter):
    preparing = build.a_consultation(agency, is_open=False)

    assert get(client, preparing, name).status_code == 404
    assert get(as_user(drafter), preparing, name).status_code == 200


@pytest.mark.parametrize("name", ["outcomes", "changes"])
def test_queries_do_not_grow_with_the_comments(
    client, consultation, answering_officer, name, django_assert_max_num_queries
):
    for _each in range(8):
        record(answering_officer, consultation, [build.a_comment(consultation)])

    with django_assert_max_num_queries(26):
        assert get(client, consultation, name).status_code == 200
