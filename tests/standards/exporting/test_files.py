"""The format, written and read again: nothing is lost, whatever stands in it."""

import copy
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trying

from consultations.people import actions as people
from consultations.standards import actions
from consultations.standards.enums import ReasonKind
from consultations.standards.exporting.files import (
    component_set_content,
    content_of,
    file_bytes,
    standard_content,
)
from consultations.standards.importing import import_file
from consultations.standards.importing.parsing import (
    digest_of,
    labels_of,
    parse_component_set,
    parse_standard,
)
from consultations.standards.models import (
    Change,
    ClauseAncestry,
    ComponentSet,
    Revision,
    Standard,
)
from tests import build
from tests.build import TODAY
from tests.standards import drafts
from tests.standards.strategies import standards

SAMPLES = settings.BASE_DIR / "samples"
FILES = sorted((SAMPLES / "standards").glob("*.json"))


@given(standards())
def test_what_is_written_is_read_as_the_same(data):
    content = json.loads(file_bytes(content_of(data, source="https://a.example/")))

    assert parse_standard(content) == data


def loaded(content: dict, folder: Path, slug: str) -> Standard:
    """The standard of a file, for an agency of that slug."""
    content = copy.deepcopy(content)
    if isinstance(content["agency"], dict):
        content["agency"]["slug"] = slug
        if above := content["agency"].get("parent"):
            above["slug"] = f"{slug}-atas"
            for revision in content["revisions"]:
                if "agency" in revision.get("decree", {}):
                    revision["decree"]["agency"] = above["slug"]
    path = folder / "file.json"
    path.write_bytes(file_bytes(content))
    return import_file(path, at=TODAY).standard


def written(standard: Standard) -> dict:
    """All revisions, under the one name that two agencies' files are compared by."""
    numbers = list(standard.revisions.values_list("number", flat=True))
    slug = standard.service.agency.slug
    return json.loads(file_bytes(standard_content(standard, numbers)).replace(slug.encode(), b"x"))


@pytest.mark.django_db
@given(data=standards())
@trying(
    max_examples=25,
    deadline=None,
    # Making a failing case smaller takes minutes with a database; its seed is printed anyway.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_loaded_and_written_again_it_is_the_same(data, tmp_path):
    with transaction.atomic():
        numbers = {part.key: part.number for part in build.a_component_set().components.all()}
        first = loaded(content_of(data), tmp_path, "zzsatu")
        once = written(first)
        second = loaded(
            standard_content(first, [r.number for r in data.revisions]), tmp_path, "zzdua"
        )

        assert written(second) == once
        for revision in data.revisions:
            found = first.revisions.get(number=revision.number)
            expected = digest_of(revision, labels_of(revision, numbers))
            assert not found.digest or found.digest == expected
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_samples_are_written_as_they_were_loaded(path, tmp_path):
    (tmp_path / "component-sets").symlink_to(SAMPLES / "component-sets")
    folder = tmp_path / "standards"
    folder.mkdir()
    sample = json.loads(path.read_text())
    first = loaded(sample, folder, "zzsatu")
    once = written(first)
    second = loaded(standard_content(first), folder, "zzdua")

    assert written(second) == once
    keys = [clause["key"] for revision in sample["revisions"] for clause in revision["clauses"]]
    assert len([c for revision in once["revisions"] for c in revision["clauses"]]) == len(keys)
    digests = [list(s.revisions.order_by("number").values_list("digest")) for s in (first, second)]
    assert digests[0] == digests[1]


@pytest.fixture
def edited() -> Standard:
    """A standard that people worked on: two rounds of a draft, with all that can be done to it."""
    government, agency = None, None
    for slug in ("zzsatu-atas", "zzsatu"):
        government, agency = (
            agency,
            people.create_agency(slug=slug, name=build.text("Dinas"), parent=agency, at=TODAY),
        )
    draft = drafts.a_draft(agency)
    drafts.insert(draft, 1, "Anak.", parent=drafts.clause(draft, "1.1"))
    drafts.insert(draft, 3, "Tambahan satu. Tambahan dua.")
    actions.publish_revision(actor=None, revision=draft, state="consulted", at=TODAY)
    actions.supersede_revision(actor=None, revision=draft.based_on, by=draft, at=TODAY)
    _rework(_next(draft))
    last = draft.standard.revisions.get(state="working")
    post = people.create_post(agency=government, title=build.text("Bupati"), at=TODAY)
    decree = actions.record_decree(
        actor=None, agency=government, number="7/2026", dated_on=TODAY.date(),
        title=build.text("Standar"), signed_by=post, signed_name="Ratna", at=TODAY,
    )  # fmt: skip
    actions.publish_revision(actor=None, revision=last, state="finalised", at=TODAY)
    actions.adopt_revision(
        actor=None, revision=last, decree=decree, annex_number="IV",
        effective_on=TODAY.date(), is_history=True, at=TODAY,
    )  # fmt: skip
    return draft.standard


def _next(revision: Revision) -> Revision:
    return actions.start_working_draft(
        actor=None, standard=revision.standard, based_on=revision, at=TODAY
    )


def _why(text: str) -> dict:
    return {"actor": None, "reason_kind": ReasonKind.EDITORIAL, "reason": text, "at": TODAY}


def _rework(draft: Revision) -> None:
    def on(label: str, why: str) -> dict:
        digest = drafts.digest(draft, label)
        return _why(why) | {"revision": draft, "expected_digest": digest}

    child, parent, time = (drafts.clause(draft, label) for label in ("1.1.1", "1.1", "2.1"))
    first = drafts.component(draft, 1)
    actions.move_clause(clause=child, component=first, position=1, **on("1.1.1", "naik"))
    actions.delete_clause(clause=parent, **on("1.2", "tidak perlu"))
    actions.split_clause(
        clause=drafts.clause(draft, "3.2"), parts=["Satu.", "Dua."], **on("3.2", "dipisah")
    )
    actions.reword_clause(clause=time, language="id", body="Cepat.", **on("2.1", "lebih cepat"))
    actions.reword_clause(clause=time, language="id", body="Kilat.", **on("2.1", "lebih lagi"))
    merged = [drafts.clause(draft, label) for label in ("3.1", "3.2")]
    digests = {
        each.pk: drafts.digest(draft, lb) for each, lb in zip(merged, ("3.1", "3.2"), strict=True)
    }
    actions.merge_clauses(
        revision=draft, clauses=merged, body="Gabungan.", expected_digests=digests,
        **_why("digabung"),
    )  # fmt: skip


@pytest.mark.django_db
def test_what_people_did_to_a_standard_is_in_its_file(edited, tmp_path):
    content = written(edited)

    one, two, three = content["revisions"]
    assert (one["state"], two["state"]) == ("superseded", "superseded")
    assert three["decree"] == {
        "number": "7/2026",
        "dated_on": TODAY.date().isoformat(),
        "title": dict(build.text("Standar")),
        "signed_name": "Ratna",
        "agency": "x-atas",
        "post": dict(build.text("Bupati")),
    }
    clauses = {clause["words"]["id"]: clause for clause in three["clauses"]}
    reasons = {text: c.get("reason", three["reason"])["text"] for text, c in clauses.items()}
    assert reasons == {
        "Anak.": "naik", "Kilat.": "lebih cepat\nlebih lagi", "Gabungan.": "digabung",
        "Dua.": "dipisah",
    }  # fmt: skip
    removed = {
        key: three["removed"].get(key, three["reason"])["text"] for key in ("1-1.1", "2-3.2")
    }
    assert removed == {"1-1.1": "tidak perlu", "2-3.2": "dipisah"}
    assert clauses["Gabungan."]["origins"] == [{"key": "2-3.2", "operation": "merge"}]
    assert clauses["Dua."]["origins"] == [{"key": "2-3.2", "operation": "split"}]
    again = loaded(standard_content(edited), tmp_path, "zzdua")
    assert written(again) == content
    assert ClauseAncestry.objects.filter(revision__standard=again).count() == 2
    assert again.revisions.last().decree.agency.slug == "zzdua-atas"


@pytest.mark.django_db
def test_an_outcome_is_told_by_its_address(edited, tmp_path):
    Change.objects.filter(reason="naik").update(reason_kind=ReasonKind.OUTCOME, reason="")

    [clause] = [
        c for c in written(edited)["revisions"][2]["clauses"] if c["words"]["id"] == "Anak."
    ]

    address = settings.SITE_URL + edited.revisions.last().get_absolute_url().replace("zzsatu", "x")
    assert clause["reason"]["kind"] == "as_published"
    assert address in clause["reason"]["text"]


@pytest.mark.django_db
def test_one_revision_is_a_file_of_its_own(edited, tmp_path):
    content = standard_content(edited, [3])

    assert [revision["number"] for revision in content["revisions"]] == [3]
    assert not any("origins" in clause for clause in content["revisions"][0]["clauses"])
    again = loaded(content, tmp_path, "zzdua")
    assert again.revisions.get().digest == edited.revisions.get(number=3).digest


@pytest.mark.django_db
def test_working_drafts_are_written_only_when_they_are_asked_for(edited):
    _next(edited.revisions.get(number=3))

    assert [r["number"] for r in standard_content(edited)["revisions"]] == [1, 2, 3]
    assert [r["state"] for r in standard_content(edited, [4])["revisions"]] == ["working"]


@pytest.mark.django_db
def test_component_sets_are_written_too():
    found = build.a_component_set()

    data = parse_component_set(json.loads(file_bytes(component_set_content(found))))

    assert (data.key, data.name, data.source) == (found.key, found.name, found.source)
    assert [part["key"] for part in data.components] == list(
        ComponentSet.objects.get(pk=found.pk).components.values_list("key", flat=True)
    )


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_standard(edited, django_assert_num_queries):
    with django_assert_num_queries(11):
        standard_content(Standard.objects.get(pk=edited.pk))
    for _ in range(5):
        drafts.insert(_next(edited.revisions.last()), 1, "Lagi.")
        working = edited.revisions.get(state="working")
        actions.publish_revision(actor=None, revision=working, state="finalised", at=TODAY)

    with django_assert_num_queries(11):
        standard_content(Standard.objects.get(pk=edited.pk))


@given(standards())
@trying(max_examples=30)
def test_the_document_names_every_field_that_is_written(data):
    text = (settings.BASE_DIR / "docs" / "standard-format.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z_]+)`", text))

    content = content_of(data, source="x")
    revision, clause = content["revisions"][0], content["revisions"][0].get("clauses", [{}])
    fields = {*content, *content["agency"], *revision, *revision.get("decree", {})}
    for each in clause:
        fields |= {*each, *(name for origin in each.get("origins", ()) for name in origin)}

    assert fields <= documented
