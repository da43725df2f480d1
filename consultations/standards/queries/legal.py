"""The legal basis of standards: which acts are known, and what may be wrong with what is cited."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q

from consultations.people.models import Agency
from consultations.people.queries import line_of
from consultations.standards import citing
from consultations.standards.citing.checking import AdviceCode
from consultations.standards.models import LegalAct, Placement, Revision
from consultations.standards.phrases import Words

# The component of the legal basis, by the key that component sets share for it.
LEGAL_BASIS = "legal-basis"
MOST_FOUND = 20
_MOST_READ = 200


class CitationAdvice(NamedTuple):
    citation: citing.Citation
    advice: citing.Advice

    @property
    def is_doubtful(self) -> bool:
        """Not merely absent from a list that is never complete."""
        return self.advice.code != AdviceCode.UNKNOWN


def known_acts(kinds: citing.Kinds | None = None) -> tuple[citing.LegalAct, ...]:
    """The acts of a country's list, as `citing.check` takes them. One query."""
    kinds = kinds or citing.load_kinds()
    rows = LegalAct.objects.filter(jurisdiction=kinds.country).select_related("replaced_by")
    keys = {kind.key for kind in kinds}
    return tuple(_act(row, kinds) for row in rows.order_by("pk") if row.kind in keys)


def search_acts(text: str, kinds: citing.Kinds | None = None) -> list[citing.LegalAct]:
    """Acts in which all words of `text` are found: in the title, place, number, year, or in any
    name of the kind. At most MOST_FOUND: of the kind that is named first, then the newest."""
    kinds = kinds or citing.load_kinds()
    found = LegalAct.objects.filter(jurisdiction=kinds.country).select_related("replaced_by")
    words = list(dict.fromkeys(Words(text).keys))[:8]
    for word in words:
        named = [kind.key for kind in kinds if word in _names(kind)]
        condition = Q(kind__in=named) | Q(number__icontains=word) | Q(title__icontains=word)
        condition |= Q(place__icontains=word)
        if word.isascii() and word.isdigit() and len(word) == 4:
            condition |= Q(year=int(word))
        found = found.filter(condition)
    if not words:
        return []
    named = {kind.key: len(_names(kind).intersection(words)) for kind in kinds}
    rows = list(found.filter(kind__in=named).order_by("-year", "kind", "number")[:_MOST_READ])
    rows.sort(key=lambda row: -named[row.kind])
    return [_act(row, kinds) for row in rows[:MOST_FOUND]]


def legal_advice(revision: Revision, *, today: date) -> list[CitationAdvice]:
    """What a drafter may want to look at again in the citations of a revision, in its order."""
    return legal_advice_of([revision], today=today)[revision.pk]


def legal_advice_of(
    revisions: Sequence[Revision], *, today: date
) -> dict[int, list[CitationAdvice]]:
    """The same of several revisions of one agency, with as many queries as of one."""
    advice: dict[int, list[CitationAdvice]] = {revision.pk: [] for revision in revisions}
    cited = _cited_in(revisions)
    if not cited:
        return advice
    known = known_acts()
    agency = revisions[0].standard.service.agency
    regions = regions_of(agency)
    for revision_id, citations in cited.items():
        for citation in citations:
            found = citing.check(citation, known, region_names=regions, today=today)
            advice[revision_id] += [CitationAdvice(citation, each) for each in found]
    return advice


def regions_of(agency: Agency) -> list[str]:
    """Whose own laws an agency may cite: its region's, and those of the ones above it."""
    return list(dict.fromkeys(each.region for each in line_of(agency) if each.region))


def _cited_in(revisions: Sequence[Revision]) -> dict[int, list[citing.Citation]]:
    """By revision what its figures and its words cite, each act once."""
    placements = Placement.objects.filter(
        Q(component__key=LEGAL_BASIS) | Q(target__kind="citations"), revision__in=revisions
    )
    found: dict[int, list[citing.Citation]] = defaultdict(list)
    ordered = placements.order_by("revision", "component__number", "position", "pk")
    for placement in ordered.select_related("component").prefetch_related("wordings"):
        texts = [
            wording.plain
            for wording in placement.wordings.all()
            if wording.language == settings.LANGUAGE_CODE and placement.component.key == LEGAL_BASIS
        ]
        citations = [*_of_target(placement.target), *_of_words(texts)]
        _add_each_once(found[placement.revision_id], citations)
    return found


def _of_target(target: dict | None) -> Iterable[citing.Citation]:
    """Rows whose kind is one that is known; the others say nothing that could be checked."""
    if not target or target.get("kind") != "citations":
        return
    kinds = citing.load_kinds()
    for row in target["rows"]:
        words = Words(row["kind"])
        hit = kinds.phrases.longest(words, 0) if len(words) else None
        if hit and hit[1] == len(words):
            texts = {name: row.get(name) or "" for name in ("number", "title", "place")}
            yield citing.Citation(hit[0], year=row.get("year") or 0, **texts)


def _of_words(texts: Iterable[str]) -> Iterable[citing.Citation]:
    for text in texts:
        yield from (found.citation for found in citing.recognise(text))


def _add_each_once(known: list[citing.Citation], citations: Iterable[citing.Citation]) -> None:
    for citation in citations:
        if not any(citation.is_same_act(other) for other in known):
            known.append(citation)


def _names(kind: citing.Kind) -> set[str]:
    names = (kind.name, kind.short, *kind.also)
    return {word for name in names for word in Words(name).keys}


def _act(row: LegalAct, kinds: citing.Kinds) -> citing.LegalAct:
    newer = row.replaced_by
    return citing.LegalAct(
        **_reference(row, kinds),
        status=citing.LegalStatus(row.status),
        replaced_by=citing.Citation(**_reference(newer, kinds)) if newer else None,
        gazette=row.gazette,
        source=row.source,
    )


def _reference(row: LegalAct, kinds: citing.Kinds) -> dict:
    texts = {name: getattr(row, name) for name in ("number", "year", "title", "place")}
    return {"kind": kinds[row.kind], **texts}
