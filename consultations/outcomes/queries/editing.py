"""What stands beside the form of an outcome: the comments it answers, their proposals, previews."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from consultations.outcomes.queries.words import ClauseWords, present_words
from consultations.outcomes.selection import write_numbers
from consultations.proceedings.models import Consultation
from consultations.standards.diffing import merge_three_ways
from consultations.threads.models import Comment
from consultations.threads.queries.answering import answerable

# More clauses than this are not opened by themselves; each can still be opened by its link.
MOST_OPENED = 6
MOST_SHOWN = 30


@dataclass(frozen=True)
class Proposal:
    """Other words that a citizen proposes, fitted into the clause as it stands now."""

    comment: Comment
    words: ClauseWords
    text: str


@dataclass(frozen=True)
class Selection:
    """The comments that one outcome is to answer. What is not found is left out of `comments`;
    the form names it."""

    comments: list[Comment]  # all, in the order of their numbers, with nothing but these
    shown: list[Comment]  # the first few, with their authors
    proposing: list[Comment]  # those that propose other words, with what they stand on
    clauses: set[int]  # that they are about

    def __len__(self) -> int:
        return len(self.comments)

    @property
    def text(self) -> str:
        """As a form carries it."""
        return write_numbers([comment.number for comment in self.comments])

    def without(self, numbers: Collection[int]) -> "Selection":
        return replace(
            self,
            comments=[comment for comment in self.comments if comment.number not in numbers],
            shown=[comment for comment in self.shown if comment.number not in numbers],
        )


def select_comments(consultation: Consultation, numbers: Collection[int]) -> Selection:
    """Four queries, and next to nothing for each comment: there may be thousands."""
    found = consultation.comments.filter(number__in=numbers).order_by("number")
    proposing = found.exclude(proposed_text="").filter(wording__isnull=False)
    clauses = found.filter(wording__isnull=False).order_by()
    return Selection(
        comments=list(found.only("id", "number", "consultation")),
        shown=list(found.select_related("participant")[:MOST_SHOWN]),
        proposing=list(
            proposing.select_related("participant", "wording__placement", "anchor")[:MOST_SHOWN]
        ),
        clauses=set(clauses.values_list("wording__placement__clause_id", flat=True).distinct()),
    )


def opened_words(
    consultation: Consultation, clauses: Collection[int], *, fields: Collection[str] = ()
) -> list[ClauseWords]:
    """The words that the form has boxes for: of the clauses that the comments are about, and
    those that are asked for by the name of their field."""
    present = present_words(consultation)
    opened = set(clauses) if len(clauses) <= MOST_OPENED else set()
    opened |= {words.clause_id for words in present.values() if words.field in fields}
    return [words for words in present.values() if words.clause_id in opened]


def proposals(comments: Iterable[Comment], words: Iterable[ClauseWords]) -> list[Proposal]:
    by_place = {(each.clause_id, each.language): each for each in words}
    found = []
    for comment in comments:
        if not comment.proposed_text or comment.wording_id is None:
            continue
        place = (comment.wording.placement.clause_id, comment.wording.language)
        if place in by_place:
            here = by_place[place]
            found.append(Proposal(comment, here, fitted(comment, here.body)))
    return found


def fitted(comment: Comment, body: str) -> str:
    """The proposal put into the present words of its clause: what was changed since stays changed,
    where it does not meet the proposal."""
    seen = comment.wording
    wanted = _as_proposed(comment)
    if body == seen.body:
        return wanted
    return merge_three_ways(seen.body, body, wanted).text or wanted


def _as_proposed(comment: Comment) -> str:
    """The clause that the author saw with the proposal in place of the passage that was quoted, or
    of the whole."""
    seen, anchor = comment.wording, getattr(comment, "anchor", None)
    if anchor is None:
        return comment.proposed_text
    if seen.body != seen.plain and seen.body.count(anchor.exact) == 1:
        return seen.body.replace(anchor.exact, comment.proposed_text)
    return seen.plain[: anchor.start] + comment.proposed_text + seen.plain[anchor.end :]


def answerable_numbers(comments) -> list[int]:
    """Of a queryset of comments the numbers of those that an outcome can answer."""
    waiting = answerable(comments).filter(answered_at=None)
    return list(waiting.order_by("number").values_list("number", flat=True))


def posted_words(
    consultation: Consultation, names: Iterable[str]
) -> tuple[list[ClauseWords], list[str]]:
    """The words that a form's fields are about, and the fields that are about no words here."""
    asked = {name for name in names if name.startswith("words.")}
    if not asked:
        return [], []
    found = [words for words in present_words(consultation).values() if words.field in asked]
    return found, sorted(asked - {words.field for words in found})
