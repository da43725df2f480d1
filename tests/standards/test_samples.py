"""The sample standards: whole, in both languages, resting on known law, with a history."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings

from consultations.management.demo.coming import adopt_for_later
from consultations.people.queries import day_in
from consultations.standards.citing import Citation, load_acts, recognise
from consultations.standards.enums import Operation, ReasonKind
from consultations.standards.importing import import_file
from consultations.standards.models import Change, ClauseAncestry, Standard
from consultations.standards.queries import Standing, changes_between, revision_document, standing
from consultations.standards.targets import Direction, compare_stored, kinds, parse
from scripts.write_import_samples import as_word
from tests.build import TODAY
from tests.standards.reading.layouts import read, words_of
from tests.standards.reading.texts import COMPONENTS

SAMPLES = settings.BASE_DIR / "samples"
FILES = sorted((SAMPLES / "standards").glob("*.json"))
ACTS = load_acts(SAMPLES / "legal" / "id-acts.json")
# As many published standards do; its source says so.
SIX_COMPONENTS = {"pengantar-skck"}
# Errors of real standards that are kept, for the advice on citations to find.
WRONG_CITATIONS = {
    "sim": {"Perkap 5/2021"},  # is a Perpol
    "surat-keterangan-pindah": {"Perda Kota Medan 1/2010"},  # of another region
}
IN_THREE_REVISIONS = ("legalisasi-ijazah", "paspor")

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def load(name: str) -> Standard:
    return import_file(SAMPLES / "standards" / f"{name}.json", at=TODAY).standard


def clauses_of(path: Path) -> Iterator[dict]:
    for revision in json.loads(path.read_text(encoding="utf-8"))["revisions"]:
        yield from revision["clauses"]


@pytest.mark.django_db
@each_file
def test_it_is_loaded_whole_and_in_both_languages(path):
    imported = import_file(path, at=TODAY)

    filled = 6 if path.stem in SIX_COMPONENTS else 14
    assert bool(imported.warnings) == (filled < 14)
    for revision in imported.added:
        for language in ("id", "en"):
            document = revision_document(revision, language)
            assert document.filled == filled
            assert {clause.language for clause in document.clauses} == {language}
    # Each change in its own sentence: nobody learns why from “as published”.
    edits = Change.objects.exclude(revision__based_on=None)
    assert not edits.filter(reason__in=["", "As published.", "Sebagaimana diterbitkan."]).exists()


@each_file
def test_its_source_says_where_its_shape_comes_from_and_what_is_invented(path):
    content = json.loads(path.read_text(encoding="utf-8"))

    assert content["source"].startswith("Shape and value")
    assert "telephone numbers and decrees are invented" in content["source"]
    assert ("only the 6 components" in content["source"]) == (path.stem in SIX_COMPONENTS)
    numbers = re.findall(r"\b0\d{3}-\d{4}-\d{3}\b|\(0\d+\) ?\d+", json.dumps(content))
    assert numbers
    assert all(number.startswith("0811-0000-") for number in numbers)


def is_known(citation: Citation) -> bool:
    return any(citation.is_same_act(act) for act in ACTS)


@each_file
def test_it_cites_only_acts_that_are_known(path):
    """Nowhere is law invented: each act stands in the list, with the source that names it."""
    cited = [
        found.citation for clause in clauses_of(path) for found in recognise(clause["words"]["id"])
    ]

    assert bool(cited) == (path.stem not in SIX_COMPONENTS)
    wrong = {citation.short for citation in cited if not is_known(citation)}
    assert wrong == WRONG_CITATIONS.get(path.stem, set())


@each_file
def test_citations_in_figures_are_those_of_the_words(path):
    for clause in clauses_of(path):
        target = clause.get("target", {})
        if target.get("kind") != "citations":
            continue
        figures = recognise("; ".join(str(row) for row in parse(target).rows))
        words = recognise(clause["words"]["id"])
        assert [found.citation for found in figures] == [found.citation for found in words]


def test_they_are_of_different_agencies_in_all_time_zones_and_promise_in_all_kinds_of_figures():
    contents = [json.loads(path.read_text(encoding="utf-8")) for path in FILES]
    agencies = {content["agency"]["slug"]: content["agency"] for content in contents}

    assert len(agencies) >= 7
    assert {agency["time_zone"] for agency in agencies.values()} == {
        "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura",
    }  # fmt: skip
    targets = [
        clause["target"] for path in FILES for clause in clauses_of(path) if "target" in clause
    ]
    # How far a service can be reached is in none of the published standards they are shaped after.
    assert {target["kind"] for target in targets} == {key for key, _kind in kinds.items()} - {
        "availability"
    }


@pytest.mark.django_db
@pytest.mark.parametrize("name", IN_THREE_REVISIONS)
def test_a_history_has_something_of_everything(name):
    standard = load(name)

    one, two, three = standard.revisions.order_by("number")
    assert [one.superseded_on, two.superseded_on] == [two.effective_on, three.effective_on]
    assert all(r.decree.number and r.decree.signed_by and r.annex_number for r in (one, two, three))
    later = Change.objects.filter(revision__in=[two, three])
    assert set(later.values_list("operation", flat=True)) >= {
        Operation.INSERT, Operation.REWORD, Operation.MOVE, Operation.DELETE,
    }  # fmt: skip
    assert set(later.values_list("reason_kind", flat=True)) == {
        ReasonKind.EDITORIAL, ReasonKind.LAW, ReasonKind.AS_PUBLISHED,
    }  # fmt: skip
    assert ClauseAncestry.objects.filter(revision=two, operation=Operation.SPLIT).exists()
    changes = [*changes_between(one, two, "id"), *changes_between(two, three, "id")]
    assert all(change.changes for change in changes if change.kind != "same")
    assert any(edit.changes_heading for change in changes for edit in change.changes)
    compared = [compare_stored(c.target_before, c.target_after, "id") for c in changes]
    directions = {each.direction for found in compared for each in found.differences}
    assert directions >= {Direction.BETTER, Direction.WORSE, Direction.CHANGED}


@pytest.mark.django_db
def test_the_demo_has_a_standard_that_is_not_yet_in_force():
    standard = load("kartu-keluarga")
    today = day_in(standard.service.agency, TODAY)

    coming = adopt_for_later(now=TODAY)

    before = coming.based_on
    before.refresh_from_db()
    assert standing(coming, on=today) == Standing.COMING
    assert standing(before, on=today) == Standing.IN_FORCE
    assert standing(before, on=coming.effective_on) == Standing.SUPERSEDED
    assert coming.decree.dated_on < today < coming.effective_on
    assert coming.decree.signed_name == before.decree.signed_name


MARKDOWN = sorted((SAMPLES / "imports").glob("*.md"))


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.stem)
def test_papers_to_try_the_import_with_are_read_alike(path):
    """The Word document holds what the Markdown does, and is not loaded by the demo."""
    word = path.with_suffix(".docx")

    [from_markdown] = read(path.read_bytes(), path.name)
    [from_word] = read(word.read_bytes(), word.name)

    assert from_word.digest == from_markdown.digest
    assert list(words_of(from_word)) == list(words_of(from_markdown))
    assert {*words_of(from_word)} == {component.key for component in COMPONENTS}
    assert path.stem not in {file.stem for file in FILES}
    assert all(is_known(found.citation) for found in recognise(path.read_text(encoding="utf-8")))
    assert unpacked(word.read_bytes()) == unpacked(as_word(path.read_text(encoding="utf-8")))


def unpacked(packed: bytes) -> dict[str, bytes]:
    """Not as it is packed: other builds of zlib pack otherwise."""
    with ZipFile(BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
