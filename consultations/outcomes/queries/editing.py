"""What stands beside the form of an outcome: the comments it answers, their proposals, previews."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from consultations.outcomes.queries.progress import ANSWERABLE
from consultations.outcomes.queries.words import ClauseWords, present_words
from consultations.proceedings.models import Consultation
from consultations.standards.diffing import merge_three_ways
from consultations.threads.models import Comment

# More clauses than this are not opened by themselves; each can still be opened by its link.
MOST_OPENED = 6


@dataclass(frozen=True)
class Proposal:
    """Other words that a citizen proposes, fitted into the clause as it stands now."""

    comment: Comment
    words: ClauseWords
    text: str


def selected_comments(consultation: Consultation, numbers: Collection[int]) -> list[Comment]:
    """In the order of their numbers. What is not found is left out; the action names it."""
    found = consultation.comments.filter(number__in=numbers).select_related(
        "participant", "wording__placement", "anchor"
    )
    return list(found.order_by("number"))


def opened_words(
    consultation: Consultation, comments: Iterable[Comment], *, fields: Collection[str] = ()
) -> list[ClauseWords]:
    """The words that the form has boxes for: of the clauses that the comments are about, and
    those that are asked for by the name of their field."""
    present = present_words(consultation)
    about = {comment.wording.placement.clause_id for comment in comments if comment.wording_id}
    if len(about) > MOST_OPENED:
        about = set()
    asked = {words.clause_id for words in present.values() if words.field in fields}
    return [words for words in present.values() if words.clause_id in about | asked]


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
    waiting = comments.filter(answered_at=None, state__in=ANSWERABLE)
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
