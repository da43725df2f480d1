"""Standards as files hold them, of every shape that can be loaded."""

import unicodedata
from datetime import date, timedelta

from hypothesis import strategies as st

from consultations.kernel.fields import LocalizedText
from consultations.standards.enums import Operation, ReasonKind, RevisionState
from consultations.standards.importing.parsing import (
    AgencyData,
    ClauseData,
    DecreeData,
    Origin,
    Reason,
    RevisionData,
    StandardData,
)
from tests.build import WORDS

COMPONENTS = tuple(WORDS)
_FIRST_DAY = date(2020, 1, 1)
_SIGNS = "ab 1.*_[]()<>&#`\\\"'-–“é\u0301😀ب\n"
_TARGETS = [
    None,
    {"kind": "fee", "value": 0, "unit": "IDR"},
    {"kind": "time", "value": 3, "unit": "working_days"},
    {"kind": "availability", "value": 37.5, "unit": "hours_per_week"},
]


def texts(most: int = 20) -> st.SearchStrategy[str]:
    """As they are kept: in NFC, never empty, without white space at the ends."""
    found = st.text(st.sampled_from(_SIGNS), max_size=most)
    return found.map(lambda text: unicodedata.normalize("NFC", f"k{text}".strip()))


def lines(most: int = 20) -> st.SearchStrategy[str]:
    return texts(most).map(lambda text: " ".join(text.split()))


def localized(values: st.SearchStrategy[str]) -> st.SearchStrategy[LocalizedText]:
    given = st.fixed_dictionaries({"id": values}, optional={"en": values})
    return given.map(LocalizedText)


reasons = st.builds(
    Reason,
    kind=st.sampled_from([ReasonKind.EDITORIAL, ReasonKind.LAW, ReasonKind.AS_PUBLISHED]).map(str),
    text=texts(),
)


@st.composite
def agencies(draw, slug: str) -> AgencyData:
    columns = {
        "name": draw(localized(lines())),
        "short_name": draw(st.just("") | lines()),
        "region": draw(st.just("") | lines()),
        "seat": draw(st.just("") | lines()),
        "address": draw(st.just("") | lines()),
        "time_zone": draw(st.sampled_from(["Asia/Jakarta", "Asia/Jayapura"])),
        "complaints_url": "",
    }
    return AgencyData(slug, columns)


@st.composite
def standards(draw) -> StandardData:
    parent = draw(st.none() | agencies("atas"))
    agency = draw(agencies("dinas"))
    revisions, known = [], {}
    numbers = draw(st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True).map(sorted))
    for number in numbers:
        is_last = number == numbers[-1]
        revisions.append(draw(_revisions(number, is_last, known, bool(parent))))
        known = {clause.key: clause for clause in revisions[-1].clauses}
    return StandardData(
        agency=AgencyData(agency.slug, agency.columns, parent),
        component_set="test",
        slug="layanan",
        name=draw(localized(lines())),
        sector=draw(st.just("") | lines()),
        kind=draw(st.sampled_from(["goods", "services", "administrative"])),
        revisions=tuple(revisions),
    )


@st.composite
def _revisions(draw, number: int, is_last: bool, known: dict, has_parent: bool) -> RevisionData:
    clauses = draw(_clauses(number, known))
    states = [RevisionState.ADOPTED, RevisionState.SUPERSEDED, RevisionState.FINALISED]
    if is_last:
        states += [RevisionState.CONSULTED, RevisionState.WORKING]
    state = draw(st.sampled_from(states).map(str))
    begins, decree, ended = None, None, None
    if state == RevisionState.ADOPTED:
        begins = _FIRST_DAY + timedelta(days=100 * number)
        ended = draw(st.none() | st.just(begins + timedelta(days=50)))
        decree = draw(_decrees(number, begins, has_parent))
    gone = known.keys() - {clause.key for clause in clauses}
    return RevisionData(
        number=number,
        state=state,
        decree=decree,
        annex_number=draw(st.sampled_from(["", "II"])) if decree else "",
        effective_on=begins,
        superseded_on=ended,
        reason=draw(reasons),
        removed={key: draw(reasons) for key in sorted(gone) if draw(st.booleans())},
        clauses=clauses,
    )


@st.composite
def _decrees(draw, number: int, day: date, has_parent: bool) -> DecreeData:
    return DecreeData(
        number=f"{number}/2020",
        dated_on=day - timedelta(days=3),
        title=draw(st.just(LocalizedText()) | localized(lines())),
        signed_name=draw(st.just("") | lines()),
        agency="atas" if has_parent and draw(st.booleans()) else "",
        post=draw(st.none() | localized(lines())),
    )


@st.composite
def _clauses(draw, number: int, known: dict[str, ClauseData]) -> tuple[ClauseData, ...]:
    """Some of those of the revision before and some new ones, in any order and nesting."""
    kept = draw(st.lists(st.sampled_from(sorted(known)), unique=True)) if known else []
    new = [f"n{number}-{each}" for each in range(draw(st.integers(0 if kept else 1, 3)))]
    made: list[ClauseData] = []
    for key in draw(st.permutations([*kept, *new])):
        above = draw(st.sampled_from([None, *made]))
        component = above.component if above else draw(st.sampled_from(COMPONENTS))
        place = {"component": component, "parent": above.key if above else ""}
        made.append(draw(_clause(key, known, place)))
    return tuple(made)


@st.composite
def _clause(draw, key: str, known: dict[str, ClauseData], place: dict) -> ClauseData:
    """A clause keeps its languages and headings; a new one may come from others."""
    old, origins = known.get(key), ()
    languages = list(old.words) if old else draw(st.sampled_from([["id"], ["id", "en"]]))
    if old is None and known and draw(st.booleans()):
        operation = draw(st.sampled_from([Operation.SPLIT, Operation.MERGE]).map(str))
        origins = (Origin(draw(st.sampled_from(sorted(known))), operation),)
    headings = draw(st.booleans()) if old is None else None
    return ClauseData(
        key=key,
        words={
            language: old.words[language] if old and draw(st.booleans()) else draw(texts())
            for language in languages
        },
        headings=old.headings
        if old
        else {language: draw(lines()) for language in languages if headings},
        target=draw(st.sampled_from(_TARGETS)),
        reason=draw(st.none() | reasons),
        origins=origins,
        **place,
    )
