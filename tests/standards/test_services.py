"""The page of a service in citizens' order, its revisions, and clauses that can be cited."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.standards import actions
from consultations.standards.importing import import_file
from consultations.standards.models import Revision, Standard
from consultations.standards.standings import band
from tests import build
from tests.build import TODAY
from tests.standards.test_importing import KTP

pytestmark = pytest.mark.django_db

FORTY = range(40)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: TODAY)


@pytest.fixture
def standard():
    return import_file(KTP, at=TODAY).standard


def address(standard, *parts):
    service = standard.service
    return "/".join(["/standards", service.agency.slug, service.slug, *map(str, parts), ""])


def read(client, url):
    """The page's text, its lines and spaces drawn together, and its markup."""
    markup = client.get(url).content.decode()
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", markup).split())), markup


def meta(markup, name):
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)"', markup)
    return unescape(found[1])


def with_target(label, target):
    """A published revision whose clause `label` has this target."""
    draft = build.a_working_draft(build.a_standard(build.an_agency("dinas"), "layanan"))
    clause = draft.placements.get(label=label).clause
    actions.set_target(
        actor=None, revision=draft, clause=clause, target=target, at=TODAY,
    )  # fmt: skip
    return actions.publish_revision(actor=None, revision=draft, state="finalised", at=TODAY)


# --- the page of a service --------------------------------------------------------------------


def test_a_service_answers_in_the_order_in_which_citizens_ask(client, standard):
    text, _markup = read(client, "/en" + address(standard))

    asked = [
        "What do I need?", "How does it go?", "How long does it take?", "What does it cost?",
        "What do I get?", "Where can I complain?", "Service management",
    ]  # fmt: skip
    places = [text.index(question) for question in asked]
    assert places == sorted(places)
    assert text.index("In force since 2 January 2024.") < places[0]


def test_what_to_bring_is_a_checklist(client):
    rows = [
        {"name": {"id": "Kartu Keluarga"}, "form": "copy", "count": 2},
        {"name": {"id": "Surat kehilangan"}, "condition": {"id": "bila hilang"}},
    ]
    revision = with_target("1.1", {"kind": "requirements", "rows": rows})

    _text, markup = read(client, address(revision.standard))

    [checklist] = re.findall(r'<ul class="rb-checklist".*?</ul>', markup, re.S)
    assert checklist.count("<li>") == 2
    assert "Kartu Keluarga (" in checklist
    assert "Surat kehilangan, bila hilang" in checklist


def test_opening_hours_are_asked_for_before_complaints_wherever_they_stand(client):
    hours = {
        "kind": "hours",
        "time_zone": "Asia/Makassar",
        "rows": [{"days": ["mon", "tue"], "opens": "08:00", "closes": "15:00"}],
    }
    revision = with_target("1.1", hours)

    text, _markup = read(client, "/en" + address(revision.standard))

    assert text.count("08:00–15:00 WITA") == 3  # at a glance, by its clause, by its question
    assert text.index("3 (tiga)") < text.index("When is it open?") < text.index("Tidak dipungut")


def test_consultations_on_a_standard_are_shown_and_what_is_prepared_is_not(client, agency):
    standard = build.a_standard(agency)
    consultation = build.a_consultation(agency, revision=build.a_revision(standard))
    hidden = build.a_consultation(agency, is_open=False)

    text, markup = read(client, "/en" + address(standard))

    assert "Consultations on it" in text
    assert f'href="/en/consultations/{consultation.slug}/"' in markup
    assert "open until 1 Dec 2026" in text
    other, _markup = read(client, "/en" + address(hidden.drafts.get().revision.standard))
    assert "Consultations on it" not in other


def test_page_of_a_service_takes_as_many_queries_for_any_size(client):
    def count(url):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    small = build.a_revision(state="finalised")
    large = build.a_working_draft()
    for number in FORTY:
        actions.insert_clause(
            actor=None, revision=large, body=f"Butir {number}.", language="id", at=TODAY,
            component=large.standard.component_set.components.first(),
            reason_kind="as_published", reason="Sebagaimana diterbitkan.",
        )  # fmt: skip
    actions.publish_revision(actor=None, revision=large, state="finalised", at=TODAY)

    for parts in ((), (1,), (1, "1.1")):
        few, many = (count(address(each.standard, *parts)) for each in (small, large))
        assert few == many <= 12


def test_page_of_a_real_service_is_light(client, standard):
    for url in (address(standard), address(standard, 4), address(standard, 4, "3.1")):
        assert len(client.get(url).content) <= 100_000


def test_a_visitors_page_is_not_sent_twice_until_something_happens(client, standard):
    urls = [
        address(standard), address(standard, 3), address(standard, 3, "3.1"),
        "/standards/disdukcapil-tirtasari/", "/standards/kabupaten-tirtasari/",
    ]  # fmt: skip
    tags = {}
    for url in urls:
        response = client.get(url)
        tags[url] = response["ETag"]
        assert not response.cookies
        assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert client.get(url, headers={"if-none-match": tags[url]}).status_code == 304

    actions.supersede_revision(actor=None, revision=standard.revisions.get(number=3), at=TODAY)

    for url in urls:
        assert client.get(url, headers={"if-none-match": tags[url]}).status_code == 200


# --- whether words hold -----------------------------------------------------------------------


def test_overdue_review_is_said_to_everybody(client, standard):
    Standard.objects.filter(pk=standard.pk).update(review_due_on=date(2026, 11, 1))

    text, markup = read(client, "/en" + address(standard))

    assert "Its review has been overdue since 1 November 2026." in text
    assert markup.index("<h1>") < markup.index("overdue since") < markup.index("<article")
    assert "review overdue since" in read(client, "/en/standards/disdukcapil-tirtasari/")[0]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"state": "adopted", "effective_on": date(2026, 11, 1)}, "In force since 1 November 2026"),
        (
            {"state": "adopted", "effective_on": date(2027, 1, 1)},
            "Not yet in force: from 1 January 2027",
        ),
        (
            {
                "state": "superseded",
                "effective_on": date(2025, 1, 2),
                "superseded_on": date(2026, 1, 2),
            },
            "No longer in force since 2 January 2026. It held from 2 January 2025.",
        ),
        ({"state": "superseded"}, "Never came into force."),
        (
            {
                "state": "withdrawn",
                "withdrawn_on": date(2026, 5, 1),
                "withdrawn_reason": "Layanan dihapus.",
            },
            "Withdrawn on 1 May 2026. Layanan dihapus.",
        ),
        ({"state": "finalised"}, "Not yet in force."),
        ({"state": "consulted"}, "Not in force: a draft in consultation."),
    ],
)
def test_band_says_in_words_whether_a_revision_holds(client, in_english, columns, said):
    revision = build.a_revision()
    Revision.objects.filter(pk=revision.pk).update(**columns)
    url = address(revision.standard, revision.number)

    for page in (url, address(revision.standard, revision.number, "1.1")):
        text, _markup = read(client, "/en" + page)
        assert said in text, page


def test_every_standing_has_a_band(in_english):
    from consultations.standards.queries import Standing

    revision = Revision(effective_on=date(2026, 1, 1), superseded_on=date(2026, 2, 1))

    assert all(band(revision, standing).title for standing in Standing)


# --- clauses that can be cited ----------------------------------------------------------------


def test_a_clause_has_an_address_that_shows_the_sentence_itself(client, standard):
    text, markup = read(client, "/en" + address(standard, 3, "3.1"))

    description = meta(markup, "og:description")
    assert description == (
        "“The card is ready within 14 (fourteen) working days after the papers are found"
        " complete.” In force since 2 January 2024."
        " Population and Civil Registration Agency of Tirtasari Regency"
    )
    assert meta(markup, "description") == description
    assert "Issuing the electronic identity card, clause 3.1" in meta(markup, "og:title")
    assert meta(markup, "og:url").endswith("/en" + address(standard, 3, "3.1"))
    assert "14 working days" in text
    assert address(standard, 3, "2.4") in markup
    assert address(standard, 3, "3.2") in markup


def test_a_clause_of_a_draft_leads_to_the_words_in_force_and_to_its_consultation(client, agency):
    consultation = build.a_consultation(agency)
    revision = build.draft_of(consultation)

    text, markup = read(client, "/en" + address(revision.standard, 1, "2.1"))

    assert "Not in force: a draft in consultation." in text
    assert f"{consultation.get_absolute_url()}clauses/2.1/" in markup


@pytest.mark.parametrize("label", ["99.1", "3.1.1", "0.0", "3"])
def test_a_clause_that_is_not_there_is_missing(client, standard, label):
    assert client.get(address(standard, 3, label)).status_code == 404


def test_clauses_of_working_drafts_are_their_agencys_own(client, drafter, as_user, agency):
    draft = build.a_working_draft(build.a_standard(agency))
    url = address(draft.standard, draft.number, "1.1")

    assert client.get(url).status_code == 404
    response = as_user(drafter).get(url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-cache"


# --- the page of an agency --------------------------------------------------------------------


def test_page_of_an_agency_counts_what_it_keeps(client):
    government = build.an_agency("kabupaten")
    unit = build.an_agency("dinas", parent=government)
    build.a_revision(build.a_standard(unit, "pertama"))
    build.a_revision(build.a_standard(unit, "kedua"))
    build.a_working_draft(build.a_standard(unit, "ketiga"))  # nobody else's business

    of_unit, markup = read(client, "/en/standards/dinas/")
    of_government, _markup = read(client, "/en/standards/kabupaten/")

    assert "2 service standards" in of_unit
    assert "Layanan ketiga" not in of_unit
    assert 'href="/en/standards/dinas/kedua/"' in markup
    assert "Dinas dinas 2 standards" in of_government
    assert client.get("/standards/tidak-ada/").status_code == 404
