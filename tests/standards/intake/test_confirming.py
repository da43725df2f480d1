"""From a document to a revision: through the actions that people use, all of it or nothing."""

from datetime import date

import pytest

from consultations.kernel.errors import Denied, Invalid
from consultations.standards import actions
from consultations.standards.actions import intake
from consultations.standards.enums import ImportState, Operation, ReasonKind, RevisionState
from consultations.standards.importing.present import Standards
from consultations.standards.models import Service, Standard
from consultations.standards.queries import changes_between, revision_document
from tests.build import TODAY
from tests.standards.intake.files import ITEMS, a_docx, read

pytestmark = pytest.mark.django_db


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
