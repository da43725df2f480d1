"""The register is searched by words and filters, on both databases; the index follows the words."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from consultations.people.queries import day_in
from consultations.standards import actions, queries, searching
from consultations.standards.models import RegisterText, Standard
from consultations.standards.queries import Criteria, StandingFilter
from consultations.standards.searching import read_terms
from consultations.standards.searching.index import forget_all
from tests import build
from tests.build import TODAY

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 24)
FEES = {"requirements": "Surat pengantar.", "time": "Satu hari.", "fee": "Rp50.000 per lembar."}


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: TODAY)


def a_published(slug, words=None, agency=None, state="finalised"):
    standard = build.a_standard(agency or build.an_agency(f"dinas-{slug}"), slug)
    draft = build.a_working_draft(standard, words)
    actions.publish_revision(actor=None, revision=draft, state=state, at=TODAY)
    return standard


def found(text="", **criteria):
    asked = Criteria(read_terms(text), **criteria)
    total = queries.facets(asked, on=ON).total
    rows = queries.search(asked, on=ON, total=total, start=0, size=50)
    assert len(rows) == total
    return [each.row.standard.service.slug for each in rows]


def excerpt(text, **criteria):
    asked = Criteria(read_terms(text), **criteria)
    [one] = queries.search(asked, on=ON, total=1, start=0, size=10)
    return one.excerpt


# --- words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("KTP-el hilang", (("KTP",), ("el",), ("hilang",))),
        ('"kartu keluarga" asli', (("kartu", "keluarga"), ("asli",))),
        ('" " !!! | & <-> \' \\', ()),
        ("x'); DROP TABLE--", (("x",), ("DROP",), ("TABLE",))),
        ("a a A", (("a",), ("A",))),
    ],
)
def test_what_is_typed_is_read_as_words_and_phrases(text, terms):
    assert read_terms(text).terms == terms


def test_all_words_must_be_found_in_names_agencies_or_words():
    a_published("ktp", agency=build.an_agency("disdukcapil"))
    a_published("sim", FEES)

    assert found("fotokopi") == ["ktp"]
    assert found("disdukcapil fotokopi") == ["ktp"]
    assert found("disdukcapil lembar") == []
    assert found("Layanan lembar") == ["sim"]
    assert found("tidak-ada") == []


def test_beginnings_of_longer_words_are_found_and_of_short_ones_not():
    a_published("satu", FEES | {"fee": "Simpanan dikembalikan."})

    assert found("simpa") == ["satu"]
    assert found("sim") == []


def test_a_phrase_is_found_where_its_words_stand_together():
    a_published("satu", FEES | {"time": "Kartu itu dan keluarga."})
    a_published("dua", FEES | {"time": "Kartu keluarga."})

    assert found('"kartu keluarga"') == ["dua"]
    assert sorted(found("kartu keluarga")) == ["dua", "satu"]


def test_a_name_weighs_more_than_a_word():
    a_published("perekaman", FEES)
    a_published("lain", FEES | {"time": "Setelah perekaman selesai, satu hari."})

    assert found("perekaman") == ["perekaman", "lain"]


@pytest.mark.parametrize("text", ["'", '"', "a:*b & ! |", "\\", "NEAR(", "*", "x" * 100, "–", "٣"])
def test_no_text_breaks_the_search(client, text):
    a_published("satu")

    assert client.get("/standards/", {"q": text}).status_code == 200


def test_words_of_every_language_are_found_from_pages_in_any_of_them():
    standard = build.a_standard(build.an_agency("dinas"), "satu")
    draft = build.a_working_draft(standard)
    wording = build.a_wording(draft, "1.1")
    actions.reword_clause(
        actor=None, revision=draft, clause=wording.placement.clause, language="en",
        body="Bring the family card; it is stamped.", reason_kind="as_published",
        reason="Sebagaimana diterbitkan.", expected_digest="", at=TODAY,
    )  # fmt: skip
    actions.publish_revision(actor=None, revision=draft, state="finalised", at=TODAY)

    for language in ("id", "en"):
        with translation.override(language):
            assert found("the family card") == ["satu"]
            assert found("fotokopi diminta") == ["satu"]


def test_hits_are_marked_in_the_clause_where_they_stand():
    a_published("satu", FEES | {"fee": "Legalisir <b>ijazah</b> & transkrip: Rp5.000 per lembar."})

    shown = excerpt("transkrip lembar")

    assert (shown.label, shown.language) == ("3.1", "id")
    assert [words for words, is_hit in shown.parts if is_hit] == ["transkrip", "lembar"]
    assert "ijazah" in "".join(words for words, _is_hit in shown.parts)
    assert excerpt("Layanan") is None  # only the name has it


def test_an_excerpt_is_escaped_and_leads_to_its_clause(client):
    a_published("satu", FEES | {"fee": "Biaya 5 < 10 & lembar."}, build.an_agency("dinas"))

    page = client.get("/standards/", {"q": "biaya lembar"}).content.decode()

    assert "<mark>Biaya</mark> 5 &lt; 10 &amp; <mark>lembar</mark>" in page
    assert "/standards/dinas/satu/1/3.1/" in page


# --- filters ----------------------------------------------------------------------------------


def test_a_government_includes_its_agencies():
    government = build.an_agency("kabupaten")
    unit = build.an_agency("dinas", parent=government)
    office = build.an_agency("loket", parent=unit)
    for number, agency in enumerate((government, unit, office, build.an_agency("lain"))):
        a_published(f"layanan-{number}", agency=agency)

    assert found(agency="kabupaten") == ["layanan-0", "layanan-1", "layanan-2"]
    assert found(agency="dinas") == ["layanan-1", "layanan-2"]
    assert found(agency="tidak-ada") == []
    nodes = queries.facets(Criteria(agency="dinas"), on=ON).agencies
    assert [(node.slug, node.depth, node.count) for node in nodes] == [
        ("kabupaten", 0, 3), ("dinas", 1, 2), ("loket", 2, 1), ("lain", 0, 1),
    ]  # fmt: skip


def test_words_can_be_sought_in_one_component_alone():
    a_published("satu", FEES)
    a_published("dua", FEES | {"time": "Satu lembar sehari.", "fee": "Gratis."})
    fee = build.a_component_set().components.get(key="fee")

    assert found("lembar", component=fee.pk) == ["satu"]
    assert found("Layanan lembar", component=fee.pk) == ["satu"]  # names count in each
    assert found("pengantar", component=fee.pk) == []
    assert sorted(found(component=fee.pk)) == ["dua", "satu"]


def test_standings_sectors_and_kinds_are_filters_with_counts():
    long_ago, tomorrow = date(2025, 1, 1), ON + timedelta(days=1)
    holds = a_published("holds")
    holds.revisions.update(state="adopted", effective_on=long_ago)
    late = a_published("late")
    late.revisions.update(state="adopted", effective_on=long_ago)
    Standard.objects.filter(pk=late.pk).update(review_due_on=ON - timedelta(days=1))
    a_published("coming").revisions.update(state="adopted", effective_on=tomorrow)
    a_published("consulted", state="consulted")
    gone = a_published("gone")
    gone.revisions.update(state="superseded", effective_on=long_ago, superseded_on=ON)
    for standard in (holds, late):
        standard.service.sector, standard.service.kind = "Kependudukan", "goods"
        standard.service.save()
    actions.index_all(at=TODAY)

    assert found(standing=StandingFilter.IN_FORCE) == ["holds", "late"]
    assert found(standing=StandingFilter.OVERDUE) == ["late"]
    assert found(standing=StandingFilter.COMING) == ["coming"]
    assert found(standing=StandingFilter.CONSULTED) == ["consulted"]
    assert found(sector="Kependudukan", kind="goods") == ["holds", "late"]
    assert found("gone", standing=StandingFilter.IN_FORCE) == []
    counted = queries.facets(Criteria(standing="overdue"), on=ON)
    assert counted.total == 1
    assert counted.standings == {"in_force": 2, "overdue": 1, "coming": 1, "consulted": 1}
    assert counted.sectors == {"Kependudukan": 1}


def test_filters_stand_in_the_address_and_can_be_taken_back(client):
    a_published("satu", agency=build.an_agency("dinas"))

    page = client.get("/en/standards/?agency=dinas&kind=goods&q=fotokopi").content.decode()

    assert '<option value="dinas" selected>' in page
    assert "No standard has these words and filters." in page
    assert 'href="?agency=dinas&amp;kind=goods&amp;q=fotokopi&amp;standing=in_force"' in page
    for nonsense in ("kind=x", "standing=x", "component=x", "agency=%00", "page=-1", "page=x"):
        assert client.get(f"/standards/?{nonsense}").status_code == 200


def test_pages_of_the_list_show_each_standard_once(client, monkeypatch):
    monkeypatch.setattr("consultations.standards.views.register.PAGE_SIZE", 2)
    agency = build.an_agency("dinas")
    for slug in ("a", "b", "c"):
        a_published(slug, agency=agency)

    def shown(page):
        text = client.get("/standards/", {"page": page}).content.decode()
        return [slug for slug in "abc" if f"/standards/dinas/{slug}/" in text]

    assert (shown(1), shown(2), shown(9)) == (["a", "b"], ["c"], ["c"])


def test_list_takes_as_many_queries_for_any_number(client):
    def count(url):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    a_published("satu")
    few = count("/standards/?q=fotokopi&standing=coming")
    for number in range(5):
        a_published(f"lain-{number}")
    a_published("terakhir", state="consulted")

    assert (
        count("/standards/?q=fotokopi&standing=coming") == few <= 18
    )  # PostgreSQL says twice how to plan


# --- the index --------------------------------------------------------------------------------


def test_drafts_are_not_found_before_they_are_published():
    draft = build.a_working_draft(build.a_standard(slug="rahasia"))

    assert found() == []
    assert found("rahasia") == []
    actions.publish_revision(actor=None, revision=draft, state="consulted", at=TODAY)
    assert found("rahasia fotokopi") == ["rahasia"]


def test_index_holds_what_is_shown_whichever_revision_that_is():
    agency = build.an_agency("dinas")
    standard = a_published("satu", FEES, agency)
    first = standard.revisions.get()
    decree = actions.record_decree(
        actor=None, agency=agency, number="1/2026", dated_on=ON, at=TODAY
    )
    actions.adopt_revision(
        actor=None, revision=first, decree=decree, effective_on=date(2026, 1, 1), at=TODAY
    )
    draft = build.a_next_draft(first, "Kilat.")
    actions.publish_revision(actor=None, revision=draft, state="finalised", at=TODAY)
    assert found("kilat") == []  # the one in force is shown

    in_a_week = ON + timedelta(days=7)
    actions.adopt_revision(
        actor=None, revision=draft, decree=decree, effective_on=in_a_week, at=TODAY
    )
    assert found("kilat") == []
    assert actions.index_what_turned(at=TODAY) == 0

    later = TODAY + timedelta(days=7)
    assert day_in(agency, later) == in_a_week
    assert actions.index_what_turned(at=later) == 1
    assert actions.index_what_turned(at=later) == 0
    assert RegisterText.objects.filter(component=None).get().revision_id == draft.pk
    assert [hit.standard_id for hit in RegisterText.objects.filter(
        component=None, words__all=read_terms("kilat"))] == [standard.pk]  # fmt: skip


def an_adopted(slug, effective_on):
    agency = build.an_agency("dinas")
    standard = a_published(slug, FEES, agency)
    decree = actions.record_decree(
        actor=None, agency=agency, number="1/2026", dated_on=effective_on, at=TODAY
    )
    return actions.adopt_revision(
        actor=None, revision=standard.revisions.get(), decree=decree, effective_on=effective_on,
        at=TODAY,
    )  # fmt: skip


def test_what_is_withdrawn_on_a_day_to_come_holds_until_then(client):
    revision, end = an_adopted("satu", date(2026, 1, 2)), ON + timedelta(days=3)

    actions.withdraw_revision(
        actor=None, revision=revision, withdrawn_on=end, reason="Layanan dihapus.", at=TODAY
    )

    def counted(on):
        return queries.facets(Criteria(), on=on).standings.get("in_force", 0)

    assert counted(ON) == counted(end - timedelta(days=1)) == 1
    assert counted(end) == 0
    page = client.get("/en/standards/dinas/satu/").content.decode()
    assert "It is withdrawn on 27 November 2026: Layanan dihapus." in page


def test_a_review_takes_a_standard_off_the_list_of_those_overdue():
    revision = an_adopted("satu", date(2024, 1, 2))
    assert found(standing=StandingFilter.OVERDUE) == ["satu"]

    actions.record_review(
        actor=None, standard=revision.standard, result="unchanged", note="Tetap sesuai.", at=TODAY
    )

    assert found(standing=StandingFilter.OVERDUE) == []


def test_index_can_be_made_anew(capsys):
    a_published("satu")
    forget_all()
    assert found("fotokopi") == []

    call_command("index_standards")

    assert found("fotokopi") == ["satu"]
    assert RegisterText.objects.filter(component=None).count() == 1
    assert "1 standards indexed." in capsys.readouterr().out


def test_an_index_of_another_format_is_made_anew_after_migrating(monkeypatch):
    a_published("satu")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {searching.TABLE}")
        cursor.execute(f"CREATE TABLE {searching.TABLE} (standard_id integer)")

    call_command("migrate", verbosity=0)

    assert found("fotokopi") == ["satu"]
    assert searching.install() is False
