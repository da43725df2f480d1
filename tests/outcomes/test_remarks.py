"""What the agency's own people say in a thread counts apart: nobody answers it, nothing waits for
it. One definition (`threads.queries.answering`) serves every place below."""

import pytest
from django.urls import reverse

from consultations.kernel.errors import Invalid
from consultations.ledger.models import Entry
from consultations.ledger.queries import data_of
from consultations.minutes.compose import compose
from consultations.outcomes.queries.matrix import matrix
from consultations.pages.queries.lists import consultations
from consultations.pages.queries.mine import Show, my_comments, my_counts
from consultations.pages.queries.reading import consultation_page
from consultations.proceedings import actions as proceedings
from consultations.proceedings.enums import Source
from consultations.proceedings.gates import conclusion
from consultations.threads.queries import Counts, counts_by_wording
from tests import build
from tests.outcomes.recording import record


@pytest.fixture
def said(consultation, citizen):
    return build.a_comment(consultation, citizen)


@pytest.fixture
def remark(consultation, moderator, said):
    """A moderator's reply to what a citizen said."""
    return build.a_comment(consultation, moderator, parent=said.number, stance="support")


def test_a_remark_is_known_by_its_voice_from_the_first_one_on(consultation, moderator, citizen):
    first = build.a_comment(consultation, moderator)
    second = build.a_comment(consultation, moderator)
    of_public = build.a_comment(consultation, citizen)

    assert [c.is_official for c in (first, second, of_public)] == [True, True, False]


def test_what_staff_write_down_for_others_is_no_remark(consultation, moderator):
    voice = proceedings.enter_participant(
        actor=moderator, consultation=consultation, public_name="Pak Darto", at=build.TODAY
    )

    comment = build.a_comment(consultation, moderator, participant=voice, source=Source.HALL)

    assert not comment.is_official


def test_its_number_in_the_record_stays(consultation, remark):
    entry = Entry.objects.get(log=consultation.log, seq=remark.seq)

    assert data_of(entry)["number"] == remark.number == 2


def test_counts_keep_it_apart(consultation, said, remark):
    assert counts_by_wording(consultation) == {
        said.wording_id: Counts(1, 1, {"oppose": 1}, official=1)
    }


def test_the_gate_does_not_wait_for_it(consultation, answering_officer, said, remark):
    record(answering_officer, consultation, [said])

    assert conclusion["everybody_answered"](consultation) == []


def test_an_outcome_refuses_it_with_its_number(consultation, answering_officer, said, remark):
    with pytest.raises(Invalid, match="M-0002") as refused:
        record(answering_officer, consultation, [said, remark])

    assert list(refused.value.errors) == ["comments"]
    assert not consultation.outcomes.exists()


def test_the_desk_shows_it_and_asks_for_no_answer(
    as_user, consultation, answering_officer, said, remark
):
    def shown(**query):
        url = reverse("desk", args=[consultation.slug])
        found = as_user(answering_officer).get(url, query).context["desk"]
        items = [(item.comment.number, item.can_be_answered) for item in found.items.rows]
        return items, (found.figures.total, found.figures.unanswered)

    assert shown() == ([(1, True)], (1, 1))
    assert shown(state="all") == ([(1, True), (2, False)], (1, 1))


def test_the_matrix_has_only_what_the_public_said(consultation, said, remark):
    found = matrix(consultation, "id")

    assert (found.figures.total, found.figures.unanswered) == (1, 1)
    assert [(row.count, row.sample.number) for row in found.page.rows] == [(1, 1)]


def test_lists_count_only_what_the_public_said(consultation, answering_officer, said, remark):
    record(answering_officer, consultation, [said])

    [listed] = consultations(build.TODAY)

    assert (listed.comment_count, listed.answered_count) == (1, 1)


def test_the_page_shows_it_marked_and_counts_it_apart(client, consultation, said, remark):
    page = consultation_page(consultation, None, "id")
    html = client.get(consultation.get_absolute_url()).content.decode()

    assert (page.total.total, page.total.unanswered, page.total.official) == (1, 1, 1)
    assert not any(clause.has_more for clause in page.reading.clauses)
    assert 'data-comment="2" data-by="2" data-state="published" data-official' in html
    assert 'data-comment="1" data-by="1" data-state="published" data-parent' not in html
    assert '<span class="rb-official">Pejabat</span>' in html


def test_minutes_count_it_apart(consultation, moderator, said, remark):
    meeting = build.a_meeting(consultation, moderator)

    figures = compose(meeting).figures

    assert {name: figures[name] for name in ("comments", "people", "answered", "remarks")} == {
        "comments": 1,
        "people": 1,
        "answered": 0,
        "remarks": 1,
    }


def test_its_author_waits_for_nothing(moderator, remark):
    [row] = my_comments(moderator, Show.ALL, None).rows

    assert my_counts(moderator)[Show.WAITING] == 0
    assert [step.state for step in row.steps] == ["done"]
