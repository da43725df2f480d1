"""The legal basis as records: the list of acts, and advice about what standards cite."""

from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from consultations.kernel.errors import Denied
from consultations.standards import actions, citing
from consultations.standards.importing import import_file
from consultations.standards.models import LegalAct, Placement, Revision
from consultations.standards.queries.legal import (
    known_acts,
    legal_advice,
    legal_advice_of,
    search_acts,
)
from tests import build
from tests.build import TODAY
from tests.standards.test_importing import KTP

pytestmark = pytest.mark.django_db
LIST = settings.BASE_DIR / "samples" / "legal" / "id-acts.json"
DAY = date(2026, 11, 24)


@pytest.fixture
def acts():
    call_command("import_legal_acts", str(LIST), verbosity=0)


@pytest.fixture
def draft():
    """A working draft of a real shape, in Kabupaten Tirtasari."""
    standard = import_file(KTP, at=TODAY).standard
    based_on = standard.revisions.order_by("-number").first()
    return actions.start_working_draft(actor=None, standard=standard, based_on=based_on, at=TODAY)


def cite(draft: Revision, body: str, target: dict | None = None) -> None:
    component = draft.standard.component_set.components.get(key="legal-basis")
    actions.insert_clause(
        actor=None, revision=draft, component=component, body=body, language="id",
        reason_kind="editorial", reason="Dasar hukum.", target=target, at=TODAY,
    )  # fmt: skip


def codes(draft: Revision) -> list[tuple[str, str]]:
    with translation.override("id"):
        return [
            (found.citation.short, found.advice.code.value)
            for found in legal_advice(draft, today=DAY)
        ]


def test_the_list_is_read_and_comes_out_as_it_went_in(acts):
    known = {act.citation: act for act in known_acts()}

    for act in citing.load_acts(LIST):
        found = known[act.citation]
        assert (found.status, found.source, found.gazette) == (act.status, act.source, act.gazette)
        if act.replaced_by:
            assert act.replaced_by.is_same_act(found.replaced_by)


def test_reading_it_again_changes_nothing_and_mends_what_was_mended(acts):
    LegalAct.objects.filter(kind="uu", number="25").update(title="Salah")
    before = LegalAct.objects.count()

    report = StringIO()
    call_command("import_legal_acts", str(LIST), stdout=report)

    assert report.getvalue() == "id-acts.json: 0 acts added, 1 changed.\n"
    assert LegalAct.objects.count() == before
    assert LegalAct.objects.get(kind="uu", number="25").title == "Pelayanan Publik"


def test_what_is_no_list_is_refused(tmp_path):
    path = tmp_path / "acts.json"
    path.write_text('{"format": "something", "country": "id", "acts": []}')

    for wrong in (path, tmp_path / "missing.json"):
        with pytest.raises(CommandError):
            call_command("import_legal_acts", str(wrong))


def test_only_the_operator_records_acts(drafter, operator):
    with pytest.raises(Denied):
        actions.record_legal_acts(actor=drafter, acts=citing.load_acts(LIST))
    assert actions.record_legal_acts(actor=operator, acts=citing.load_acts(LIST)).added > 40


def test_a_sound_legal_basis_gives_no_advice(acts, draft):
    assert codes(draft) == []


def test_errors_of_real_standards_are_found(acts, draft):
    cite(draft, "Perda Kota Medan Nomor 1 Tahun 2010.")
    cite(draft, "Perkap Nomor 5 Tahun 2021.")
    cite(draft, "Permenpan RB Nomor 36 Tahun 2012 tentang Pedoman Standar Pelayanan.")
    cite(draft, "Peraturan Daerah Kabupaten Tirtasari Nomor 3 Tahun 2019.")

    assert codes(draft) == [
        ("Perda Kota Medan 1/2010", "other-region"),
        ("Perkap 5/2021", "misnamed"),
        ("Permenpan RB 36/2012", "revised"),
        ("Perda Kabupaten Tirtasari 3/2019", "unknown"),
    ]


def test_citations_in_figures_are_looked_at_too_and_each_act_once(acts, draft):
    rows = [
        {"kind": "Permenpan RB", "number": "24", "year": 2014, "title": "", "place": ""},
        {"kind": "Kesepakatan adat", "number": "", "year": None, "title": "", "place": ""},
    ]
    cite(draft, "Permenpan RB Nomor 24 Tahun 2014.", {"kind": "citations", "rows": rows})

    assert codes(draft) == [("Permenpan RB 24/2014", "replaced")]


def test_other_components_may_name_what_they_like(acts, draft):
    component = draft.standard.component_set.components.get(key="fee")
    actions.insert_clause(
        actor=None, revision=draft, component=component, language="id",
        body="Perda Kota Medan Nomor 1 Tahun 2010.", reason_kind="editorial", reason="Tarif.",
        at=TODAY,
    )  # fmt: skip

    assert codes(draft) == []


def test_many_revisions_are_looked_at_with_as_many_queries_as_one(acts, draft):
    revisions = Revision.objects.select_related("standard__service__agency")
    one, *others = revisions.filter(standard=draft.standard)

    def queries(revisions):
        with CaptureQueriesContext(connection) as found:
            legal_advice_of(revisions, today=DAY)
        return len(found)

    assert len(others) > 1
    assert queries(others) == queries([one])
    assert Placement.objects.filter(revision=draft, component__key="legal-basis").exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UU 25/2009", ["UU 25/2009"]),
        ("undang-undang pelayanan publik", ["UU 25/2009", "PP 96/2012"]),
        ("permenpan 15 2014", ["Permenpan RB 15/2014"]),
        ("forum konsultasi publik", ["Permenpan RB 16/2017"]),
        ("sleman 2015", ["Perda Sleman 1/2015"]),
        ("tidak ada yang seperti ini", []),
        ("  ", []),
        ("%", []),
    ],
)
def test_acts_are_found_by_whatever_is_known_of_them(acts, text, expected):
    assert [act.citation.short for act in search_acts(text)] == expected


def test_the_search_page_and_its_json(acts, as_user, agency, drafter):
    client = as_user(drafter)
    url = f"/standards/{agency.slug}/desk/acts/"

    page = client.get("/en" + url, {"q": "permenpan 36"}).content.decode()
    answer = client.get(url, {"q": "permenpan 36"}, headers={"accept": "application/json"}).json()

    assert "Revised" in page
    assert "Nomor 15 Tahun 2014" in page
    [act] = answer["acts"]
    assert {name: act[name] for name in ("number", "year", "status")} == {
        "number": "36",
        "year": 2012,
        "status": "revised",
    }
    assert act["kind"].startswith("Peraturan Menteri Pendayagunaan")


def test_the_search_page_is_the_agencys_own(acts, as_user, agency, citizen):
    assert as_user(citizen).get(f"/standards/{agency.slug}/desk/acts/").status_code == 403
    assert build.an_agency().slug
