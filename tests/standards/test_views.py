"""The public pages of standards, and who sees working drafts."""

import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.people.enums import Role
from consultations.standards import actions
from consultations.standards.importing import import_file
from tests import build
from tests.build import TODAY
from tests.standards.test_importing import KTP

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def imported(module_db):
    return import_file(KTP, at=TODAY).standard


@pytest.fixture
def standard(imported, db):
    return copy.deepcopy(imported)


def address(standard, *number):
    service = standard.service
    return "/".join(["/standards", service.agency.slug, service.slug, *map(str, number), ""])


def test_list_shows_what_holds_and_what_is_coming(client, standard):
    page = client.get("/en/standards/").content.decode()

    assert "Issuing the electronic identity card" in page
    assert "Revision 3" in page
    assert "draft, not yet in force" in page


def test_search_is_in_the_address(client, standard):
    assert "KTP elektronik" in client.get("/standards/", {"q": "sidik jari"}).content.decode()
    found = client.get("/en/standards/", {"q": "<script>"}).content.decode()
    assert "No standard has these words and filters." in found
    assert "<script>alert" not in found
    assert 'value="&lt;script&gt;"' in found


def test_search_that_is_no_text_shows_everything(client, standard):
    for q in ("x" * 500, "\u202e", "a\x00"):
        assert client.get("/standards/", {"q": q}).status_code == 200


def test_standard_shows_the_revision_in_force(client, standard):
    page = client.get("/en" + address(standard)).content.decode()

    assert "In force since" in page
    assert "within 14 (fourteen) working days" in page
    assert "188/47/438.5.12/2023" in page
    assert page.index("Requirements") < page.index("Complaints") < page.index("Legal basis")


def test_standard_shows_what_it_promises_in_figures(client, standard):
    english = client.get("/en" + address(standard)).content.decode()
    indonesian = client.get(address(standard)).content.decode()

    assert "<dd>14 working days</dd>" in english
    assert "<dd>Free of charge</dd>" in english
    assert "<dd>14 hari kerja</dd>" in indonesian


def test_a_target_of_several_figures_is_a_table(client):
    revision = build.a_working_draft(build.a_standard())
    rows = [{"for": {"id": f"SIM {kind}"}, "value": 5_000} for kind in "AC"]
    for placement in revision.placements.filter(label="3.1").select_related("clause"):
        actions.set_target(
            actor=None, revision=revision, clause=placement.clause, at=TODAY,
            target={"kind": "fee", "unit": "IDR", "rows": rows},
        )  # fmt: skip
    actions.publish_revision(actor=None, revision=revision, state="consulted", at=TODAY)

    page = client.get("/en" + address(revision.standard, revision.number)).content.decode()

    assert '<th scope="row">SIM A</th><td>Rp5,000</td>' in page


def test_draft_says_unmistakably_that_it_does_not_hold(client, standard):
    page = client.get("/en" + address(standard, 4)).content.decode()

    assert "Not in force: a draft in consultation." in page
    assert "Read revision 3, which is in force" in page


def test_words_are_shown_in_their_language(client, standard):
    page = client.get(address(standard)).content.decode()

    assert '<html lang="id"' in page
    assert "paling lama 14 (empat belas) hari kerja" in page
    assert 'id="c-3-1"' in page


def test_pages_of_visitors_set_no_cookie_and_have_an_etag(client, standard):
    for url in ("/standards/", address(standard), address(standard, 4)):
        response = client.get(url)

        assert response.status_code == 200
        assert not response.cookies
        assert client.get(url, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_unknown_standards_and_revisions_are_missing(client, standard):
    for url in (address(standard, 9), "/standards/x/y/", "/standards/x/y/1/"):
        assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [(Role.DRAFTER, 200), (Role.MODERATOR, 200), (None, 404)]
)
def test_working_drafts_are_their_agencys_own(standard, as_user, role, status):
    four = standard.revisions.get(number=4)
    actions.start_working_draft(actor=None, standard=standard, based_on=four, at=TODAY)
    agency = standard.service.agency
    user = build.an_official(agency, role) if role else build.a_user()

    assert as_user(user).get(address(standard, 5)).status_code == status


def test_working_drafts_are_hidden_from_visitors_and_other_agencies(
    client, standard, stranger, as_user
):
    four = standard.revisions.get(number=4)
    actions.start_working_draft(actor=None, standard=standard, based_on=four, at=TODAY)

    assert client.get(address(standard, 5)).status_code == 404
    assert as_user(stranger).get(address(standard, 5)).status_code == 404
    assert f"/{5}/" not in client.get(address(standard)).content.decode()


def test_queries_do_not_grow_with_clauses_or_standards(client, standard):
    def count(url):
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    small = build.a_revision()
    assert count(address(small.standard, 1)) == count(address(standard, 4))
    before = count("/standards/")
    for _ in range(5):
        build.a_revision()
    assert count("/standards/") == before
