"""Two people at once: one takes it over, the other is told. A worker that is repeated repeats
nothing."""

import pytest

from consultations.people.enums import Role
from consultations.standards.actions import intake
from consultations.standards.enums import ImportState
from consultations.standards.importing.present import Standards
from consultations.standards.models import ImportedDocument, Revision, Service, Standard
from tests import build
from tests.build import TODAY
from tests.standards.intake.files import a_docx, documents_of, read, upload
from tests.support.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    agency = build.an_agency("disdukcapil")
    return agency, [build.an_official(agency, Role.DRAFTER) for _ in range(2)]


def fresh(document) -> ImportedDocument:
    rows = ImportedDocument.objects.select_related("batch__agency__log", "batch__component_set")
    return rows.get(pk=document.pk)


def confirming(actor, document):
    own = fresh(document)
    seen = Standards(own.batch.agency, own.batch.component_set).seen(own)
    return lambda: intake.confirm_document(actor=actor, document=own, seen=seen, at=TODAY)


def test_of_two_who_take_it_over_at_once_one_wins(people):
    agency, (one, other) = people
    (document,) = read(one, agency, ("kk.docx", a_docx()))

    ends = at_once(confirming(one, document), confirming(other, document))

    assert ends == ["already_decided", "done"]
    assert Revision.objects.count() == 1


def test_of_two_documents_of_one_service_the_second_is_looked_at_again(people):
    agency, (one, other) = people
    first, second = read(one, agency, ("a.docx", a_docx()), ("b.docx", a_docx()))

    ends = at_once(confirming(one, first), confirming(other, second))

    assert ends == ["changed_since", "done"]
    assert Standard.objects.count() == 1
    states = sorted(each.state for each in documents_of(first.batch))
    assert states == [ImportState.CONFIRMED, ImportState.READ]


def test_taken_over_and_left_out_at_once_is_one_of_both(people):
    agency, (one, other) = people
    (document,) = read(one, agency, ("kk.docx", a_docx()))
    own = fresh(document)
    skipped = []

    def skip():
        skipped.append(
            intake.skip_documents(actor=other, batch=own.batch, documents=[own.pk], at=TODAY)
        )

    ends = at_once(confirming(one, document), skip)

    document.refresh_from_db()
    if skipped == [1]:
        assert ends == ["already_decided", "done"]
        assert document.state == ImportState.SKIPPED
        assert not Service.objects.exists()
    else:
        assert ends == ["done", "done"]
        assert document.state == ImportState.CONFIRMED


def test_two_workers_read_a_batch_once(people):
    agency, (one, _other) = people
    batch = upload(one, agency, *((f"{n}.docx", a_docx(f"Layanan {n}")) for n in range(4)))

    at_once(*([lambda: intake.read_batch.call(batch.pk)] * 2))

    found = documents_of(batch)
    assert [each.state for each in found] == [ImportState.READ] * 4
    assert [each.facts["service"] for each in found] == [f"Layanan {n}" for n in range(4)]
