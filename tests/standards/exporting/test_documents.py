"""What an export says of a revision: all of it, in one language, with constant queries."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.kernel.errors import Refused
from consultations.standards import actions
from consultations.standards.enums import RevisionState
from consultations.standards.exporting import export_of
from consultations.standards.importing import import_file
from consultations.standards.models import Revision
from consultations.standards.queries import Standing
from tests import build
from tests.build import TODAY
from tests.standards import drafts

KTP = settings.BASE_DIR / "samples" / "standards" / "ktp-elektronik.json"
pytestmark = pytest.mark.django_db


def loaded(pk: int) -> Revision:
    return Revision.objects.select_related(
        "standard__service__agency", "standard__component_set", "decree"
    ).get(pk=pk)


@pytest.fixture
def three() -> Revision:
    return loaded(import_file(KTP, at=TODAY).standard.revisions.get(number=3).pk)


def test_an_export_has_all_that_a_paper_says(three):
    given = export_of(three, "id", on=date(2026, 11, 1))

    assert given.agencies == (
        "Pemerintah Kabupaten Tirtasari",
        "Dinas Kependudukan dan Pencatatan Sipil Kabupaten Tirtasari",
    )
    assert (given.service, given.number) == ("Penerbitan KTP elektronik", 3)
    assert given.state == "Ditetapkan"
    assert (given.standing, given.effective_on) == (Standing.IN_FORCE, date(2024, 1, 2))
    assert (given.decree.number, given.decree.annex_number) == ("188/47/438.5.12/2023", "I")
    assert given.decree.signed_name == "Drs. Hartono, M.Si."
    assert given.url == f"{settings.SITE_URL}/standards/disdukcapil-tirtasari/ktp-elektronik/3/"
    assert given.digest == three.digest
    assert [part.number for part in given.components] == list(range(1, 15))
    assert len([c for part in given.components for c in part.clauses]) == three.placements.count()
    first = given.components[2].clauses[0]
    assert (first.label, first.target["kind"]) == ("3.1", "time")
    assert first.plain.startswith("KTP-el diselesaikan paling lama 14")


def test_an_export_is_in_its_language_as_far_as_the_words_are(three):
    given = export_of(three, "en", on=date(2026, 11, 1))
    draft = export_of(loaded(build.a_revision().pk), "en", on=TODAY.date())

    assert given.service == "Issuing the electronic identity card"
    assert given.url.startswith(f"{settings.SITE_URL}/en/standards/")
    assert (given.state, given.components[0].name) == ("Adopted", "Requirements")
    assert {c.language for part in given.components for c in part.clauses} == {"en"}
    assert {c.language for part in draft.components for c in part.clauses} == {"id"}


def test_queries_do_not_grow_with_the_document(three):
    small = loaded(build.a_revision().pk)
    counts = []
    for revision in (small, three):
        revision.standard.service.agency.parent = None
        with CaptureQueriesContext(connection) as queries:
            export_of(revision, "id", on=TODAY.date())
        counts.append(len(queries))

    assert counts == [4, 4]


def test_a_working_draft_and_a_replaced_draft_are_not_in_force():
    draft = drafts.a_draft(build.an_agency())
    base = draft.based_on
    drafts.insert(draft, 1, "Butir baru.")

    working = export_of(loaded(draft.pk), "id", on=TODAY.date())
    actions.supersede_revision(actor=None, revision=base, at=TODAY)
    replaced = export_of(loaded(base.pk), "id", on=TODAY.date())

    assert (working.standing, working.digest) == (Standing.WORKING, "")
    assert (replaced.standing, replaced.effective_on) == (Standing.NEVER_ADOPTED, None)


def test_only_the_program_says_when_something_ended(three):
    four = three.standard.revisions.get(number=4)
    assert four.state == RevisionState.CONSULTED
    with pytest.raises(Refused):
        actions.supersede_revision(
            actor=build.a_user(), revision=three, ended_on=date(2025, 1, 1), at=TODAY
        )

    actions.supersede_revision(actor=None, revision=three, ended_on=date(2025, 1, 1), at=TODAY)

    given = export_of(loaded(three.pk), "id", on=date(2026, 11, 1))
    assert (given.standing, given.superseded_on) == (Standing.SUPERSEDED, date(2025, 1, 1))
