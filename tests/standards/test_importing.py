"""Files: what they bring, twice the same, and what is wrong with them named by its place."""

import copy
import json
import re
from collections import Counter

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from consultations.kernel.errors import Conflict, Invalid
from consultations.people.models import Agency
from consultations.standards import targets
from consultations.standards.enums import RevisionState
from consultations.standards.importing import import_file
from consultations.standards.models import Change, ComponentSet, Revision, Standard, Wording
from consultations.standards.queries import changes_between
from consultations.standards.targets import enums
from tests.build import TODAY

SAMPLES = settings.BASE_DIR / "samples"
FILES = sorted((SAMPLES / "standards").glob("*.json"))
KTP = SAMPLES / "standards" / "ktp-elektronik.json"
pytestmark = pytest.mark.django_db


@pytest.fixture
def content() -> dict:
    """A small file: two revisions of two clauses."""

    def clause(key, component, words, **more):
        return {"key": key, "component": component, "words": {"id": words}} | more

    return {
        "format": "rembuk-standard/1",
        "agency": {"slug": "dinas", "name": {"id": "Dinas"}},
        "component_set": "id-2014",
        "service": {"slug": "layanan", "name": {"id": "Layanan"}},
        "revisions": [
            {
                "number": 2,
                "state": "adopted",
                "effective_on": "2024-01-02",
                "decree": {"number": "1/2023", "dated_on": "2023-12-01"},
                "clauses": [clause("a", "fee", "Gratis."), clause("b", "output", "Kartu.")],
            },
            {
                "number": 3,
                "state": "consulted",
                "clauses": [
                    clause("c", "fee", "Tanpa pungutan."),
                    clause("a", "fee", "Tidak dipungut biaya."),
                    clause("b", "output", "Kartu."),
                ],
            },
        ],
    }


@pytest.fixture
def load(tmp_path):
    """Loads content from a file that stands beside the component sets, as in samples."""
    folder = tmp_path / "standards"
    folder.mkdir()
    sets = tmp_path / "component-sets"
    sets.symlink_to(SAMPLES / "component-sets")

    def load(content):
        path = folder / "file.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return import_file(path, at=TODAY)

    return load


def test_sample_of_the_demo_has_the_figures_of_its_story():
    standard = import_file(KTP, at=TODAY).standard

    three, four = standard.revisions.order_by("number")
    assert (three.number, three.state, str(three.effective_on)) == (
        3, RevisionState.ADOPTED, "2024-01-02",
    )  # fmt: skip
    assert (four.number, four.state, four.based_on) == (4, RevisionState.CONSULTED, three)
    changes = changes_between(three, four, "id")
    assert Counter(change.kind.value for change in changes) == {
        "same": 31, "reworded": 11, "inserted": 5, "deleted": 2,
    }  # fmt: skip
    assert all(change.changes for change in changes if change.kind != "same")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_importing_twice_changes_nothing(path):
    standard = import_file(path, at=TODAY).standard
    before = (standard.log.entries.count(), Wording.objects.count(), Change.objects.count())

    again = import_file(path, at=TODAY)

    assert (again.standard, again.added) == (standard, [])
    assert (standard.log.entries.count(), Wording.objects.count(), Change.objects.count()) == before
    assert ComponentSet.objects.count() == 1


def test_a_later_revision_in_the_file_is_added(load, content):
    first = copy.deepcopy(content)
    first["revisions"].pop()
    load(first)

    imported = load(content)

    assert [revision.number for revision in imported.added] == [3]
    two, three = Revision.objects.order_by("number")
    kinds = [
        (c.kind.value, c.label_before, c.label_after) for c in changes_between(two, three, "id")
    ]
    assert kinds == [
        ("inserted", "", "4.1"), ("reworded", "4.1", "4.2"), ("same", "5.1", "5.1"),
    ]  # fmt: skip


def test_moved_clauses_and_targets_are_loaded(load, content):
    clauses = content["revisions"][1]["clauses"]
    clauses[2]["component"] = "complaints"
    clauses[1]["target"] = {"kind": "fee", "value": 0, "unit": "IDR"}
    clauses.append({"key": "d", "component": "complaints", "parent": "b", "words": {"id": "Anak."}})

    three = load(content).added[1]

    assert list(three.placements.order_by("label").values_list("label", "target")) == [
        ("4.1", None), ("4.2", {"kind": "fee", "value": 0, "unit": "IDR"}), ("6.1", None),
        ("6.1.1", None),
    ]  # fmt: skip
    assert load(content).added == []


def test_a_target_is_stored_as_the_file_has_it_and_digested(load, content):
    target = {"kind": "fee", "unit": "IDR", "rows": [{"value": 5, "for": {"id": "SIM A"}}]}
    content["revisions"][0]["clauses"][0]["target"] = target

    two = load(content).added[0]

    assert two.placements.get(label="4.1").target == target
    assert load(content).added == []
    target["rows"][0]["value"] = 6
    with pytest.raises(Conflict):
        load(content)


# Digests of the samples as they were before targets were typed: published words are digested with
# their targets, and have to be the same for ever.
DIGESTS = {
    "akta-kelahiran": {
        4: "b614fed613386c9228a10eecd3f396d21384ec48e43b587ce86d55917a79efa3",
    },
    "ktp-elektronik": {
        3: "a14e4a2d2dae41c1aa506e0140fb929c394b656c777c38be09bf7edd9575f4eb",
        4: "76b92a11b370b49fb45d218fbaa077c666a0bc93a49546e2df3ba43e8ec9a195",
    },
}


@pytest.mark.parametrize("name", DIGESTS)
def test_published_samples_have_the_digests_that_they_always_had(name):
    standard = import_file(SAMPLES / "standards" / f"{name}.json", at=TODAY).standard

    found = dict(
        standard.revisions.filter(number__in=DIGESTS[name]).values_list("number", "digest")
    )
    assert found == DIGESTS[name]


def test_headings_are_edited_from_one_revision_to_the_next(load, content):
    for revision, heading in zip(content["revisions"], ("Biaya", "Tarif"), strict=True):
        kept = next(c for c in revision["clauses"] if c["key"] == "b")
        kept["heading"] = {"id": heading}

    two, three = load(content).added

    changed = {change.label_after: change for change in changes_between(two, three, "id")}
    [retitled] = [c for c in changed.values() if c.before.startswith("Biaya\n")]
    assert retitled.after.startswith("Tarif\n")
    assert [(c.heading_before, c.heading_after) for c in retitled.changes] == [("Biaya", "Tarif")]
    assert load(content).added == []


def test_a_clause_may_leave_one_that_is_removed(load, content):
    two, three = (revision["clauses"] for revision in content["revisions"])
    two.append({"key": "d", "component": "fee", "parent": "a", "words": {"id": "Anak."}})
    three[:] = [three[2], {"key": "d", "component": "output", "words": {"id": "Anak."}}]

    loaded = load(content).added[1]

    words = Wording.objects.filter(placement__revision=loaded).order_by("placement__label")
    assert list(words.values_list("placement__label", "body")) == [
        ("5.1", "Kartu."),
        ("5.2", "Anak."),
    ]
    assert load(content).added == []


def test_endings_and_origins_are_loaded(load, content):
    two, three = content["revisions"]
    two["superseded_on"] = "2024-06-01"
    three["state"] = "superseded"
    three["clauses"][0]["origins"] = [{"key": "a", "operation": "split"}]

    two, three = load(content).added

    assert (two.state, str(two.superseded_on)) == (RevisionState.SUPERSEDED, "2024-06-01")
    assert (three.state, three.superseded_on) == (RevisionState.SUPERSEDED, None)
    [origin] = three.ancestries.all()
    assert (origin.operation, origin.ancestor.placements.count()) == ("split", 2)


def test_a_decree_of_nobody_above_is_refused(load, content):
    content["revisions"][0]["decree"]["agency"] = "tetangga"

    with pytest.raises(Invalid, match="tetangga"):
        load(content)

    assert not Standard.objects.exists()


def test_incomplete_history_is_loaded_with_a_warning(load, content, in_english):
    imported = load(content)

    assert imported.warnings[0].startswith("2 of 14 components; missing: Requirements, ")
    assert imported.added[0].state == RevisionState.ADOPTED


def test_a_published_revision_with_other_words_is_refused(load, content):
    load(content)
    content["revisions"][0]["clauses"][0]["words"]["id"] = "Berbayar."

    with pytest.raises(Conflict) as refusal:
        load(content)

    assert refusal.value.code == "other_words"


def test_an_agency_that_is_there_stays_as_it_is(load, content):
    load(content)
    content["agency"]["name"] = {"id": "Nama lain"}

    load(content)

    assert str(Agency.objects.get().name) == "Dinas"
    content["agency"] = "tidak-ada"
    with pytest.raises(Invalid, match="tidak-ada"):
        load(content)


def cut(content, *path):
    for step in path[:-1]:
        content = content[step]
    del content[path[-1]]


def put(content, value, *path):
    for step in path[:-1]:
        content = content[step]
    content[path[-1]] = value


CLAUSE = ("revisions", 0, "clauses", 0)
BROKEN = [
    (lambda c: cut(c, "format"), "format"),
    (lambda c: put(c, "x/9", "format"), "format"),
    (lambda c: put(c, 1, "unknown"), "unknown"),
    (lambda c: cut(c, "service"), "service"),
    (lambda c: put(c, {"en": "x"}, "service", "name"), "service.name"),
    (lambda c: put(c, "nonsense", "service", "kind"), "service.kind"),
    (lambda c: put(c, "tidak ada", "component_set"), "component_set"),
    (lambda c: put(c, [], "revisions"), "revisions"),
    (lambda c: put(c, 3, "revisions", 0, "number"), "revisions"),
    (lambda c: put(c, True, "revisions", 0, "number"), "revisions[0].number"),
    (lambda c: put(c, "in force", "revisions", 0, "state"), "revisions[0].state"),
    (lambda c: cut(c, "revisions", 0, "decree"), "revisions[0].decree"),
    (lambda c: put(c, "2 Jan", "revisions", 0, "effective_on"), "revisions[0].effective_on"),
    (lambda c: put(c, "2024-01-02", "revisions", 0, "superseded_on"), "revisions[0].superseded_on"),
    (lambda c: put(c, "2024-01-09", "revisions", 1, "superseded_on"), "revisions[1].superseded_on"),
    (lambda c: put(c, [{"key": "z", "operation": "split"}], *CLAUSE, "origins"), "a"),
    (lambda c: put(c, [{"key": "b", "operation": "copy"}], *CLAUSE, "origins"),
     "revisions[0].clauses[0].origins[0].operation"),
    (lambda c: put(c, "x", *CLAUSE), "revisions[0].clauses[0]"),
    (lambda c: put(c, "b", *CLAUSE, "key"), "revisions[0].clauses[1].key"),
    (lambda c: put(c, "b", *CLAUSE, "parent"), "revisions[0].clauses[0].parent"),
    (lambda c: put(c, "price", *CLAUSE, "component"), "revision 2, clauses[0].component"),
    (lambda c: put(c, {}, *CLAUSE, "words"), "revisions[0].clauses[0].words"),
    (lambda c: put(c, " ", *CLAUSE, "words", "id"), "revisions[0].clauses[0].words.id"),
    (lambda c: put(c, "\u202e", *CLAUSE, "words", "id"), "revisions[0].clauses[0].words.id"),
    (lambda c: put(c, "x", *CLAUSE, "words", "xx"), "revisions[0].clauses[0].words.xx"),
    (lambda c: put(c, {"kind": "outcome", "text": "x"}, *CLAUSE, "reason"),
     "revisions[0].clauses[0].reason.kind"),
    (lambda c: put(c, {"kind": "fee", "value": "0", "unit": "IDR"}, *CLAUSE, "target"),
     "revisions[0].clauses[0].target.value"),
    (lambda c: put(c, {"kind": "hours", "time_zone": "Asia/Jakarta", "rows": [{"opens": "8"}]},
                   *CLAUSE, "target"),
     "revisions[0].clauses[0].target.rows[0].opens"),
]  # fmt: skip


@pytest.mark.parametrize(("breaking", "field"), BROKEN, ids=[field for _b, field in BROKEN])
def test_broken_files_are_refused_by_their_place_and_leave_nothing(load, content, breaking, field):
    breaking(content)

    with pytest.raises(Invalid) as refusal:
        load(content)

    assert list(refusal.value.errors) == [field]
    assert not Standard.objects.exists()
    assert not Agency.objects.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"'])
def test_what_is_no_object_is_refused(load, text):
    with pytest.raises(Invalid):
        load(text)


def test_command_reports_and_refuses(capsys, tmp_path, in_english):
    call_command("import_standard", str(KTP))
    call_command("import_standard", str(KTP))
    call_command("import_standard", str(SAMPLES / "component-sets" / "id-2014.json"))

    assert capsys.readouterr().out.splitlines() == [
        "ktp-elektronik.json: Issuing the electronic identity card: added revision 3, 4.",
        "ktp-elektronik.json: Issuing the electronic identity card: nothing new.",
        "id-2014.json: component set loaded.",
    ]
    (tmp_path / "x.json").write_text("{}")
    for wrong in ("x.json", "y.json"):
        with pytest.raises(CommandError, match=wrong):
            call_command("import_standard", str(tmp_path / wrong))


def test_the_document_names_every_field_of_the_samples_and_every_unit():
    text = (settings.BASE_DIR / "docs" / "standard-format.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z_]+)`", text))

    def fields(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                yield key
                yield from fields(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from fields(inner)

    keys_of_clauses = {
        clause["key"]
        for path in FILES
        for revision in json.loads(path.read_text())["revisions"]
        for clause in revision["clauses"]
    }
    used = {field for path in FILES for field in fields(json.loads(path.read_text()))}
    kinds = {kind for kind, _class in targets.kinds.items()}
    lists = [enums.TimeUnit, enums.Bound, enums.AvailabilityUnit, enums.DocumentForm]
    lists += [enums.Weekday, enums.Medium, enums.ProductFormat, enums.ValidityUnit]
    words = {value for choices in lists for value in choices.values}
    assert (used - keys_of_clauses - {"id", "en"}) | kinds | words <= documented


def test_the_documents_examples_of_targets_are_as_it_says():
    """Each example parses and comes back as it stands there; there is one of each kind."""
    text = (settings.BASE_DIR / "docs" / "standard-format.md").read_text(encoding="utf-8")
    pieces = re.split(r'(?m)^    (?={"kind")', text)[1:]
    examples = [json.JSONDecoder().raw_decode(piece)[0] for piece in pieces]

    assert {example["kind"] for example in examples} == {k for k, _class in targets.kinds.items()}
    assert [targets.parse(example).dump() for example in examples] == examples
