"""What a drafter may want to look at again in a citation. Advice: nothing here refuses anything."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from consultations.standards.citing.citations import (
    Citation,
    LegalAct,
    LegalStatus,
    has_same_number,
    may_be_same_place,
)
from consultations.standards.citing.kinds import Kinds, load_kinds
from consultations.standards.citing.places import is_of_another_region
from consultations.standards.phrases import Words
from consultations.standards.remarks import Remark

_LEAST_ALIKE = 0.5  # of the words that carry a title's meaning

_ENDED = {
    LegalStatus.REPEALED: (
        _("%(cited)s has been repealed. Cite what is in force now, or leave it out."),
        _("%(cited)s has been repealed by %(newer)s. Cite that one instead."),
    ),
    LegalStatus.REPLACED: (
        _("%(cited)s has been replaced. Cite what is in force now."),
        _("%(cited)s has been replaced by %(newer)s. Cite that one instead."),
    ),
    LegalStatus.REVISED: (
        _("%(cited)s has been revised. Check which one applies now."),
        _("%(cited)s has been revised by %(newer)s. Check which one applies now."),
    ),
}


class AdviceCode(StrEnum):
    """The first three as the status of the act says it."""

    REVISED = "revised"
    REPLACED = "replaced"
    REPEALED = "repealed"
    MISNAMED = "misnamed"
    OTHER_TITLE = "other-title"
    OTHER_REGION = "other-region"
    FUTURE = "future"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Advice:
    """`suggestion` is what could stand there instead, where that is known."""

    code: AdviceCode
    message: Remark
    suggestion: Citation | None = None
    source: str = ""


def check(
    citation: Citation,
    known: Sequence[LegalAct],
    *,
    region_names: Sequence[str],
    today: date,
    kinds: Kinds | None = None,
) -> list[Advice]:
    """The weightiest first; empty where nothing strikes.

    `region_names` are the regions of the agency and of those above it ("Kabupaten Sleman"). That an
    act is not among the `known` ones is said softly, and only when nothing else is.
    """
    kinds = kinds or load_kinds()
    advice = [*_found_out(citation, known, kinds)]
    if is_of_another_region(citation, region_names, kinds):
        advice.append(_other_region(citation))
    if citation.year > today.year:
        advice.append(_future(citation))
    if not advice and not any(citation.is_same_act(act) for act in known):
        advice.append(_unknown(citation))
    return advice


def _found_out(citation: Citation, known: Sequence[LegalAct], kinds: Kinds) -> Iterator[Advice]:
    same = [act for act in known if citation.is_same_act(act)]
    for act in same:
        if act.status in _ENDED:
            yield _ended(citation, act)
        if not _may_be_same_title(citation, act, kinds):
            yield _other_title(citation, act)
    if not same:
        yield from (_misnamed(citation, act) for act in known if _is_meant(citation, act, kinds))


def _is_meant(citation: Citation, act: LegalAct, kinds: Kinds) -> bool:
    """Same number and year under another kind: a slip only where the two are taken for each other.

    (There is a number 15 of 2014 of nearly every kind.)
    """
    if not has_same_number(citation, act) or not may_be_same_place(citation, act):
        return False
    if citation.kind.key == act.kind.key:
        return False
    if citation.title and act.title:
        return _may_be_same_title(citation, act, kinds)
    return bool(citation.kind.family) and citation.kind.family == act.kind.family


def _may_be_same_title(citation: Citation, act: LegalAct, kinds: Kinds) -> bool:
    """Whether one could be the other, shortened: many are cited by their first words only."""
    cited, known = (_meaning(title, kinds) for title in (citation.title, act.title))
    if not cited or not known:
        return True
    return len(cited & known) / min(len(cited), len(known)) >= _LEAST_ALIKE


def _meaning(title: str, kinds: Kinds) -> set[str]:
    return set(Words(title).keys) - kinds.words["in_titles"]


def _ended(citation: Citation, act: LegalAct) -> Advice:
    alone, by_another = _ENDED[act.status]
    newer = act.replaced_by
    values = {"cited": citation.short, "newer": newer.short if newer else ""}
    message = Remark(by_another if newer else alone, values)
    return Advice(AdviceCode(act.status), message, suggestion=newer, source=act.source)


def _misnamed(citation: Citation, act: LegalAct) -> Advice:
    text = _("There is no %(cited)s among the known acts, but there is %(known)s. Is that meant?")
    message = Remark(text, {"cited": citation.short, "known": act.citation.short})
    return Advice(AdviceCode.MISNAMED, message, suggestion=act.citation, source=act.source)


def _other_title(citation: Citation, act: LegalAct) -> Advice:
    text = _("%(cited)s is known as “%(title)s”. Check its number, year and title.")
    message = Remark(text, {"cited": citation.short, "title": act.title})
    return Advice(AdviceCode.OTHER_TITLE, message, suggestion=act.citation, source=act.source)


def _other_region(citation: Citation) -> Advice:
    text = _("%(cited)s is an act of another region. Was it copied from a standard of theirs?")
    return Advice(AdviceCode.OTHER_REGION, Remark(text, {"cited": citation.short}))


def _future(citation: Citation) -> Advice:
    text = _("%(cited)s is of a year that has not begun. Check the year.")
    return Advice(AdviceCode.FUTURE, Remark(text, {"cited": citation.short}))


def _unknown(citation: Citation) -> Advice:
    text = _(
        "%(cited)s is not in the list of known acts, which is not complete. "
        "Check its number and year once more."
    )
    return Advice(AdviceCode.UNKNOWN, Remark(text, {"cited": citation.short}))
