"""The sentences of a clause, to be chosen from where nothing can be selected.

A choice is sent as a place in the words ("12-87", code points of the plain text), since the same
sentence may stand there twice. Words that were published never change, so neither do places.
"""

import re
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.kernel.errors import Invalid
from consultations.standards.anchoring import contexts, find_quote
from consultations.standards.sentences import spans

MOST = 30

_PLACE = re.compile(r"([0-9]{1,6})-([0-9]{1,6})")


@dataclass(frozen=True)
class Choice:
    """Words that can be chosen; `nth` of `times` where they stand several times."""

    text: str
    value: str
    is_chosen: bool = False
    nth: int = 1
    times: int = 1


def sentences(plain: str) -> list[tuple[int, int]]:
    """Where they begin and end, in order; empty where there is nothing to choose between."""
    found = spans(plain)
    return found[:MOST] if len(found) > 1 else []


def choices(plain: str, exact: str, prefix: str = "", suffix: str = "") -> list[Choice]:
    """The sentences; before them the words that were quoted already, if they are no sentence."""
    places = sentences(plain)
    chosen = find_quote(plain, exact, prefix, suffix)
    if chosen and chosen not in places:
        places = [chosen, *places]
    texts = [plain[start:end] for start, end in places]
    times, seen = Counter(texts), Counter()
    found = []
    for text, place in zip(texts, places, strict=True):
        seen[text] += 1
        value = f"{place[0]}-{place[1]}"
        found.append(Choice(text, value, place == chosen, seen[text], times[text]))
    return found


def quote_at(plain: str, value: str) -> dict[str, str]:
    """The quote that a choice stands for, with what stands around it."""
    place = _PLACE.fullmatch(value)
    start, end = map(int, place.groups()) if place else (0, 0)
    if not start < end <= len(plain):
        raise Invalid(
            _("These words do not stand in the clause. Choose them again."), field="quote_exact"
        )
    prefix, suffix = contexts(plain, start, end)
    return {"quote_exact": plain[start:end], "quote_prefix": prefix, "quote_suffix": suffix}
