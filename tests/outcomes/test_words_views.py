"""Comparing any two revisions of a standard, and the history of one clause."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from consultations.proceedings import actions as proceedings
from consultations.standards.models import Revision
from tests import build
from tests.outcomes.recording import new_words, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def standard(consultation, answering_officer):
    """Revision 1 was consulted on, revision 2 has the words that an outcome brought."""
    comments = [build.a_comment(consultation, body=f"Masukan {n}.") for n in range(2)]
    record(answering_officer, consultation, comments, changes=[new_words(consultation)])
    draft = consultation.drafts.get()
    proceedings.replace_draft(actor=None, draft=draft, at=build.TODAY)
    return draft.revision.standard


def address(name, standard, *args):
    service = standard.service
    return reverse(name, args=[service.agency.slug, service.slug, *args])


def clause_of(standard, label="2.1"):
    return Revision.objects.get(standard=standard, number=1).placements.get(label=label).clause_id


def test_the_newest_is_compared_with_what_it_was_made_from(client, standard):
    page = client.get(address("compare", standard)).content.decode()

    assert "<ins>" in page
    assert "H-1" in page
    assert "Masukan 0." in page
    assert address("clause_history", standard, clause_of(standard)) in page


def test_unchanged_clauses_are_folded(client, standard):
    page = client.get(address("compare", standard)).content.decode()

    assert page.count("rb-unchanged") == 2
    assert build.WORDS["requirements"] in page


def test_the_order_of_the_two_does_not_matter(client, standard):
    there = client.get(address("compare", standard), {"from": 1, "to": 2}).content
    back = client.get(address("compare", standard), {"from": 2, "to": 1}).content

    assert b'value="2" selected' in there
    assert there.count(b"<ins>") == back.count(b"<ins>") > 0


@pytest.mark.parametrize(
    "query", [{"from": "x", "to": "2"}, {"from": 1, "to": 1}, {"to": 99}, {"view": "<script>"}]
)
def test_nonsense_in_the_address_shows_the_newest_step(client, standard, query):
    response = client.get(address("compare", standard), query)

    assert response.status_code == 200
    assert b"<ins>" in response.content


def test_one_revision_alone_says_so(client, agency):
    standard = build.a_revision(build.a_standard(agency)).standard

    page = client.get(address("compare", standard)).content.decode()

    assert "rb-empty" in page


def test_the_history_says_which_revision_brought_which_words(client, standard):
    with override("en"):
        url = address("clause_history", standard, clause_of(standard))
    page = client.get(url).content.decode()

    assert "brought by revision 1" in page
    assert "brought by revision 2" in page
    assert "H-1" in page
    assert "<ins>" in page


def test_working_drafts_are_their_agencys(client, as_user, drafter, standard):
    from consultations.standards import actions

    newest = standard.revisions.latest("number")
    draft = actions.start_working_draft(
        actor=None, standard=standard, based_on=newest, at=build.TODAY
    )
    wording = build.a_wording(draft, "1.1")
    actions.reword_clause(
        actor=None, revision=draft, clause=wording.placement.clause, language="id",
        body="Rahasia dapur.", reason_kind="editorial", reason="Uji.",
        expected_digest=wording.digest, at=build.TODAY,
    )  # fmt: skip
    compare = address("compare", standard)
    history = address("clause_history", standard, wording.placement.clause_id)

    seen = [client.get(url, {"from": 2, "to": 3}).content.decode() for url in (compare, history)]
    assert not any("Rahasia" in page for page in seen)
    seen = [as_user(drafter).get(url).content.decode() for url in (compare, history)]
    assert all("Rahasia" in page for page in seen)


@pytest.mark.parametrize("number", [0, 10**12])
def test_another_standards_clause_is_missing(client, standard, number):
    assert client.get(address("clause_history", standard, number)).status_code == 404


def test_the_queries_do_not_grow_with_the_clauses(client, standard, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        client.get(address("compare", standard))
    with django_assert_max_num_queries(25):
        client.get(address("clause_history", standard, clause_of(standard)))
