"""What somebody contributes, cleaned and checked as far as that needs no database."""

import hashlib
import json
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.kernel.errors import Invalid
from consultations.kernel.text import clean_text
from consultations.standards.anchoring import contexts, find_quote
from consultations.threads.enums import Stance

BODY_LIMIT = 10_000
# As long as a clause may be, since a proposal may be of the whole of it.
WORDS_LIMIT = 20_000
CONTEXT_LIMIT = 200

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Contribution:
    """The texts of a comment. `exact` are the quoted words, `prefix` and `suffix` tell them apart
    where they stand in the clause several times."""

    stance: str
    body: str
    proposed_text: str = ""
    exact: str = ""
    prefix: str = ""
    suffix: str = ""

    def fingerprint(self, **place) -> str:
        """Tells whether a token comes with the same content again."""
        sent = json.dumps([vars(self), place], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(sent.encode()).hexdigest()


def contribution(
    *, stance: str, body: str, proposed_text: str = "", quote: dict[str, str] | None = None
) -> Contribution:
    """The cleaned texts, or Invalid that names the field."""
    if stance not in Stance.values:
        raise Invalid(
            _("Choose one of: %s.") % ", ".join(Stance.values), field="stance", code="unknown"
        )
    quote = quote or {}
    made = Contribution(
        stance=str(stance),
        body=clean_text(body or "", limit=BODY_LIMIT, field="body"),
        proposed_text=clean_text(proposed_text or "", limit=WORDS_LIMIT, field="proposed_text"),
        exact=clean_text(quote.get("exact", ""), limit=WORDS_LIMIT, field="quote_exact"),
        prefix=clean_text(quote.get("prefix", ""), limit=CONTEXT_LIMIT, field="quote_prefix"),
        suffix=clean_text(quote.get("suffix", ""), limit=CONTEXT_LIMIT, field="quote_suffix"),
    )
    if not made.body and not made.proposed_text:
        raise Invalid(_("Write your comment, or propose other words."), field="body")
    return made


@dataclass(frozen=True)
class Passage:
    """Quoted words where they stand: code points of the wording's plain text."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


def find_passage(plain: str, made: Contribution) -> Passage | None:
    """The passage that is quoted, as it stands in the words; Invalid if it is not there."""
    if not made.exact:
        return None
    place = find_quote(plain, made.exact, made.prefix, made.suffix)
    if place is None:
        raise Invalid(
            _("These words do not stand in the clause. Quote them exactly, or leave that out."),
            field="quote_exact",
        )
    prefix, suffix = contexts(plain, *place)
    return Passage(plain[slice(*place)], prefix, suffix, *place)


def check_proposal(made: Contribution, body: str, plain: str, passage: Passage | None) -> None:
    """Proposed words must be others than those that stand there."""
    present = {same_space(body), same_space(plain)}
    if passage:
        present.add(same_space(passage.exact))
    if made.proposed_text and same_space(made.proposed_text) in present:
        raise Invalid(
            _("These are the words that stand there already. Change them, or leave that out."),
            field="proposed_text",
        )


def same_space(text: str) -> str:
    """For comparing: a browser sends other white space than is stored."""
    return _SPACE.sub(" ", text).strip()


def changed_part(
    proposed: str, proposed_from: str, plain: str, passage: Passage | None
) -> tuple[str, bool]:
    """What a form that was filled with present words proposes, and whether for the passage.

    Sent back unchanged it proposes nothing. If the whole clause was filled in and only a chosen
    passage of it was changed, that part is the proposal.
    """
    present = passage.exact if passage and proposed_from == "quote" else plain
    if same_space(proposed) == same_space(present):
        return "", True
    if passage is None or proposed_from == "quote":
        return proposed, True
    before, after = same_space(plain[: passage.start]), same_space(plain[passage.end :])
    text = same_space(proposed)
    part = text.removeprefix(before).removesuffix(after).strip()
    if text.startswith(before) and text.endswith(after) and part:
        return part, True
    return proposed, False
