"""From a document to a revision: through the actions that people use, all of it or nothing."""

from dataclasses import replace
from datetime import date

import pytest

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.standards import actions
from consultations.standards.actions import intake
from consultations.standards.enums import ImportState, Operation, ReasonKind, RevisionState
from consultations.standards.importing.present import Standards
from consultations.standards.models import Service, Standard
from consultations.standards.queries import changes_between, revision_document
from tests.build import TODAY
from tests.standards.intake.files import ITEMS, a_docx, read
from tests.standards.reading.layouts import three_columns
from tests.standards.reading.texts import KARTU_KELUARGA

pytestmark = pytest.mark.django_db
YEARS = [2019, 2021, 2024]


def seen(document) -> str:
    return Standards(document.batch.agency, document.batch.component_set).seen(document)


def confirm(actor, document):
    return intake.confirm_document(actor=actor, document=document, seen=seen(document), at=TODAY)


def test_a_new_service_becomes_a_working_draft_word_for_word(agency, drafter):
    (document,) = read(drafter, agency, ("kk.docx", a_docx()))

    revision = confirm(drafter, document)

    assert revision.state == RevisionState.WORKING
    assert str(revision.standard.service) == "Penerbitan Kartu Keluarga Baru"
    assert revision.standard.service.slug == "penerbitan-kartu-keluarga-baru"
    found = {
        part.key: [clause.body for clause in part.clauses]
        for part in revision_document(revision, "id").components
        if part.clauses
    }
    assert found == {key: list(items) for key, (_name, items) in ITEMS.items()}
    kinds = set(revision.changes.values_list("operation", "reason_kind", "made_by"))
    assert kinds == {(Operation.INSERT, ReasonKind.AS_PUBLISHED, drafter.pk)}
    document.refresh_from_db()
    assert (document.state, document.revision) == (ImportState.CONFIRMED, revision)


def test_nothing_is_written_before(agency, drafter):
    read(drafter, agency, ("kk.docx", a_docx()))

    assert not Service.objects.exists()
    assert not Standard.objects.exists()


def test_what_was_published_comes_in_with_its_decree(agency, signatory):
    (document,) = read(signatory, agency, ("kk.docx", a_docx()), is_published=True)

    revision = confirm(signatory, document)

    assert revision.state == RevisionState.ADOPTED
    assert revision.effective_on == date(2026, 10, 20)
    assert revision.decree.number == "188/31/438.5.12/2026"
    assert revision.decree.dated_on == date(2026, 10, 20)


def test_adopting_needs_the_right_to_it(agency, drafter):
    (document,) = read(drafter, agency, ("kk.docx", a_docx()), is_published=True)

    with pytest.raises(Denied):
        confirm(drafter, document)

    assert not Service.objects.exists()
    document.refresh_from_db()
    assert document.state == ImportState.READ


def test_the_next_revision_keeps_lineage(agency, signatory):
    (first,) = read(signatory, agency, ("lama.docx", a_docx()), is_published=True)
    old = confirm(signatory, first)
    _name, (one, _two, three, four) = ITEMS["requirements"]
    changed = a_docx(
        requirements=(four, one, three),
        processing_time=("Paling lama 2 (dua) hari kerja.",),
    )
    (document,) = read(signatory, agency, ("baru.docx", changed))

    new = confirm(signatory, document)

    assert new.based_on == old
    found = changes_between(old, new, "id")
    kinds = {(change.label_before, change.label_after): change.kind for change in found}
    assert kinds["1.4", "1.1"] == "moved"
    assert kinds["1.1", "1.2"] == "same"
    assert kinds["1.2", ""] == "deleted"
    assert kinds["3.1", "3.1"] == "reworded"
    bodies = [clause.body for clause in revision_document(new, "id").components[0].clauses]
    assert bodies == [four, one, three]
    assert new.changes.filter(reverted_at=None).count() == 3


def test_figures_go_with_the_words_that_they_were_taken_from(agency, signatory):
    (first,) = read(signatory, agency, ("lama.docx", a_docx()))
    draft = confirm(signatory, first)
    placement = draft.placements.get(label="3.1")
    target = {"kind": "time", "value": 3, "unit": "working_days"}
    actions.set_target(
        actor=signatory, revision=draft, clause=placement.clause, target=target, at=TODAY
    )
    actions.publish_revision(
        actor=signatory, revision=draft, state=RevisionState.FINALISED, at=TODAY
    )
    changed = a_docx(processing_time=("Paling lama 2 (dua) hari kerja.",))
    (document,) = read(signatory, agency, ("baru.docx", changed))

    new = confirm(signatory, document)

    assert new.placements.get(label="3.1").target is None


def test_a_clause_without_a_component_is_in_the_way(agency, drafter):
    content = b"# Standar Pelayanan Legalisir\n\n## Sesuatu yang lain\n\nKata-kata.\n\n" + (
        b"## Persyaratan\n\nKTP.\n\n## Biaya/Tarif\n\nGratis.\n\n## Produk Pelayanan\n\nSurat.\n"
    )
    (document,) = read(drafter, agency, ("a.md", content))

    with pytest.raises(Invalid) as refused:
        confirm(drafter, document)

    assert "component" in str(refused.value) or "komponen" in str(refused.value)
    assert document.doubts > 0


def test_cited_acts_become_records(agency, drafter):
    basis = (
        b"# Standar Pelayanan Legalisir\n\n## Dasar Hukum\n\nUndang-Undang Nomor 25 Tahun 2009 "
        + (b"tentang Pelayanan Publik.\n\n## Persyaratan\n\nKTP.\n\n## Biaya/Tarif\n\nGratis.\n")
    )
    (document,) = read(drafter, agency, ("a.md", basis))

    revision = confirm(drafter, document)

    target = revision.placements.get(component__key="legal-basis").target
    assert target["kind"] == "citations"
    assert [(row["number"], row["year"]) for row in target["rows"]] == [("25", 2009)]


def test_a_draft_under_consultation_is_not_overtaken_by_what_was_published(agency, signatory):
    (first,) = read(signatory, agency, ("a.docx", a_docx()))
    draft = confirm(signatory, first)
    actions.publish_revision(
        actor=signatory, revision=draft, state=RevisionState.CONSULTED, at=TODAY
    )
    changed = a_docx(processing_time=("Paling lama 2 (dua) hari kerja.",))
    (document,) = read(signatory, agency, ("b.docx", changed), is_published=True)

    with pytest.raises(Conflict) as refused:
        confirm(signatory, document)

    assert refused.value.code == "in_consultation"
    draft.refresh_from_db()
    assert draft.state == RevisionState.CONSULTED


def test_past_revisions_come_in_one_after_the_other(agency, signatory):
    texts = [replace(KARTU_KELUARGA, number=f"1/{year}", day=f"3 Mei {year}") for year in YEARS]
    files = [(f"{text.number[-4:]}.docx", three_columns(text)) for text in texts]
    documents = read(signatory, agency, *files, is_published=True)

    revisions = [confirm(signatory, document) for document in documents]

    assert [revision.number for revision in revisions] == [1, 2, 3]
    assert [revision.effective_on.year for revision in revisions] == YEARS
    for revision in revisions:
        revision.refresh_from_db()
    states = [revision.state for revision in revisions]
    assert states == [RevisionState.SUPERSEDED, RevisionState.SUPERSEDED, RevisionState.ADOPTED]
