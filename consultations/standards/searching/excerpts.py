"""Where the words that were sought stand, with the hits marked: one clause for each revision."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from consultations.standards.searching.index import configuration, languages
from consultations.standards.searching.terms import Terms, is_beginning

_OPENS, _CLOSES = "\x02", "\x03"  # which no text may contain
_MARKED = re.compile(f"{_OPENS}([^{_CLOSES}]*){_CLOSES}")
_WORD = re.compile(r"[^\W_]+")
_MOST_CHARACTERS = 220


@dataclass(frozen=True)
class Excerpt:
    label: str
    language: str
    parts: tuple[tuple[str, bool], ...]  # the words, and whether they were sought


def excerpts(
    revisions: Iterable[int], terms: Terms, language: str, component: int | None = None
) -> dict[int, Excerpt]:
    """By revision; none where only a name has the words. One query."""
    find = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
    revisions = list(revisions)
    return find(revisions, terms, language, component) if revisions and terms else {}


def _postgresql(revisions, terms: Terms, language: str, component: int | None):
    config = "CASE w.language {} ELSE 'simple'::regconfig END".format(
        " ".join(f"WHEN '{code}' THEN '{configuration(code)}'::regconfig" for code in languages())
    )
    of_component = "AND p.component_id = %s" if component else ""
    # OFFSET 0: what stands within is worked out once a row, and not where it is used.
    statement = (
        "SELECT revision_id, label, language, ts_headline(config, plain, sought,"
        f" 'StartSel={_OPENS}, StopSel={_CLOSES}, MaxWords=32, MinWords=14')"
        " FROM (SELECT DISTINCT ON (revision_id) * FROM (SELECT *, to_tsvector(config, plain)"
        " AS vector, to_tsquery(config, %s) AS sought FROM (SELECT p.id, p.revision_id, p.label,"
        f" w.language, w.plain, {config} AS config FROM consultations_placement p"
        " JOIN consultations_wording w ON w.placement_id = p.id"
        f" WHERE p.revision_id = ANY(%s) {of_component} OFFSET 0) words OFFSET 0) read"
        " WHERE vector @@ sought ORDER BY revision_id, ts_rank(vector, sought)"
        " + CASE WHEN language = %s THEN 1 ELSE 0 END DESC, id) best"
    )
    text = terms.for_postgresql(of_any=True)
    within = [component] if component else []
    with connection.cursor() as cursor:
        cursor.execute(statement, [text, revisions, *within, language])
        return {
            revision: Excerpt(label, found, tuple(_split(marked)))
            for revision, label, found, marked in cursor.fetchall()
        }


def _split(marked: str) -> Iterable[tuple[str, bool]]:
    for number, part in enumerate(_MARKED.split(marked)):
        if part:
            yield part, bool(number % 2)


def _sqlite(revisions, terms: Terms, language: str, component: int | None):
    places = ", ".join(["%s"] * len(revisions))
    of_component = "AND p.component_id = %s" if component else ""
    within = [component] if component else []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.revision_id, p.label, w.language, w.plain FROM consultations_placement p"
            " JOIN consultations_wording w ON w.placement_id = p.id"
            f" WHERE p.revision_id IN ({places}) {of_component} ORDER BY p.revision_id, p.id",
            [*revisions, *within],
        )
        best: dict[int, tuple] = {}
        for revision, label, found, plain in cursor.fetchall():
            hits = _hits(plain, terms)
            score = (len({hit.lower() for _start, hit in hits}), found == language)
            if hits and (revision not in best or score > best[revision][0]):
                best[revision] = (score, Excerpt(label, found, _marked(plain, hits)))
    return {revision: excerpt for revision, (_score, excerpt) in best.items()}


def _hits(plain: str, terms: Terms) -> list[tuple[int, str]]:
    """Where a word begins that was sought; of a phrase each word."""
    wanted = {_folded(word) for term in terms.terms for word in term}
    beginnings = tuple(_folded(term[0]) for term in terms.terms if is_beginning(term))
    return [
        (match.start(), match[0])
        for match in _WORD.finditer(plain)
        if (word := _folded(match[0])) in wanted or (beginnings and word.startswith(beginnings))
    ]


def _folded(word: str) -> str:
    """Without accents and case, as FTS5 compares."""
    plain = unicodedata.normalize("NFD", word.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))


def _marked(plain: str, hits: list[tuple[int, str]]) -> tuple[tuple[str, bool], ...]:
    """The words around the first hit."""
    begin = max(hits[0][0] - _MOST_CHARACTERS // 3, 0)
    if begin:
        begin = plain.find(" ", begin) + 1 or begin
    end = min(begin + _MOST_CHARACTERS, len(plain))
    parts, place = [("… ", False)] if begin else [], begin
    for start, word in hits:
        if start < begin or start + len(word) > end:
            continue
        parts += [(plain[place:start], False), (word, True)]
        place = start + len(word)
    rest = plain[place:end]
    parts.append((rest if end == len(plain) else rest.rsplit(" ", 1)[0] + " …", False))
    return tuple(part for part in parts if part[0])
