"""Official answers as they are shown: at a comment, in the matrix, behind a changed passage."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.kernel.fields import LocalizedText
from consultations.outcomes.enums import Disposition
from consultations.outcomes.models import Outcome, OutcomeAnswer, OutcomeChange
from consultations.proceedings.models import Consultation
from consultations.standards.models import Change, Placement, Revision
from consultations.threads.enums import CommentState
from consultations.threads.models import Comment


@dataclass(frozen=True)
class WordsView:
    """The words of one clause before and after an outcome, in one language."""

    clause_id: int
    label: str
    language: str
    before: str
    after: str
    revision: Revision


@dataclass(frozen=True)
class AnswerView:
    """A current official answer. `answered` counts the comments that it answers, those included
    that are hidden by now; `public` only those that can be read."""

    outcome_id: int
    number: int
    version: int
    consultation_slug: str
    disposition: str
    disposition_label: str
    reason_html: SafeString
    post_title: LocalizedText | str
    agency: LocalizedText
    recorded_at: datetime
    time_zone: str
    answered: int
    public: int
    words: list[WordsView] = field(default_factory=list)

    def __str__(self) -> str:
        return f"H-{self.number}"

    @property
    def words_for_reader(self) -> list[WordsView]:
        """The changed words in the reader's language; in whichever there are, if in that none."""
        return [each for each in self.words if each.language == get_language()] or self.words


def answers_for(comments: Iterable[Comment], *, to_author: bool = False) -> dict[int, AnswerView]:
    """The current official answer of each comment that has one, by the comment's id.

    A hidden comment's answer is its author's alone, so it is only given with `to_author`. The
    number of queries does not depend on the number of comments.
    """
    asked = [c.pk for c in comments if to_author or c.state != CommentState.HIDDEN]
    if not asked:
        return {}
    pairs = dict(
        OutcomeAnswer.objects.filter(comment__in=asked, is_current=True).values_list(
            "comment_id", "outcome_id"
        )
    )
    views = {v.outcome_id: v for v in views_of(Outcome.objects.filter(pk__in=pairs.values()))}
    return {comment: views[outcome] for comment, outcome in pairs.items()}


def answers_by_number(consultation: Consultation, numbers: Iterable[int]) -> dict[int, AnswerView]:
    """Current outcomes by their public numbers; one that was reverted is left out."""
    found = consultation.outcomes.filter(number__in=set(numbers), is_current=True)
    return {view.number: view for view in views_of(found)}


def get_outcome(consultation: Consultation, number: int) -> Outcome:
    """The newest version of an outcome, also of a reverted one."""
    newest = consultation.outcomes.filter(number=number).order_by("-version").first()
    if newest is None:
        raise Missing(_("There is no such outcome."))
    newest.consultation = consultation
    return newest


def views_of(outcomes: QuerySet[Outcome]) -> list[AnswerView]:
    """In the order given; four queries for any number of them."""
    rows = list(outcomes.select_related("post__agency", "consultation__agency"))
    if not rows:
        return []
    counts = _counts(rows)
    words = words_by_number(rows)
    return [
        AnswerView(
            outcome_id=row.pk,
            number=row.number,
            version=row.version,
            consultation_slug=row.consultation.slug,
            disposition=row.disposition,
            disposition_label=Disposition(row.disposition).label,
            reason_html=row.reason_html,
            post_title=row.post.title if row.post else "",
            agency=(row.post or row.consultation).agency.name,
            recorded_at=row.recorded_at,
            time_zone=row.consultation.agency.time_zone,
            answered=counts.get(row.pk, (0, 0))[0],
            public=counts.get(row.pk, (0, 0))[1],
            words=words.get((row.consultation_id, row.number), []),
        )
        for row in rows
    ]


def words_by_number(outcomes: Iterable[Outcome]) -> dict[tuple[int, int], list[WordsView]]:
    """What each outcome changed, over all its versions, by consultation and number.

    Edits of the same words that follow one another are shown as one.
    """
    wanted = {(outcome.consultation_id, outcome.number) for outcome in outcomes}
    rows = (
        OutcomeChange.objects.filter(
            outcome__consultation__in={c for c, number in wanted},
            outcome__number__in={n for consultation, n in wanted},
            change__reverted_at=None,
        )
        .select_related("change__revision__standard__service__agency", "outcome")
        .order_by("change_id")
    )
    found: dict[tuple[int, int], list[Change]] = defaultdict(list)
    for row in rows:
        key = (row.outcome.consultation_id, row.outcome.number)
        if key in wanted:
            found[key].append(row.change)
    labels = labels_of([change for changes in found.values() for change in changes])
    return {key: _joined(changes, labels) for key, changes in found.items()}


def labels_of(changes: Iterable[Change]) -> dict[tuple[int, int], str]:
    """How the changed clauses are cited, by revision and clause."""
    places = {(change.revision_id, change.clause_id) for change in changes}
    rows = Placement.objects.filter(
        revision__in={r for r, _c in places}, clause__in={c for _r, c in places}
    ).values_list("revision_id", "clause_id", "label")
    return {(revision, clause): label for revision, clause, label in rows}


def _joined(changes: list[Change], labels: dict) -> list[WordsView]:
    joined: list[WordsView] = []
    for change in changes:
        before = change.text_before
        for earlier in joined:
            if (
                earlier.clause_id == change.clause_id
                and earlier.language == change.language
                and earlier.after == change.text_before
            ):
                before = earlier.before
                joined.remove(earlier)
                break
        joined.append(
            WordsView(
                clause_id=change.clause_id,
                label=labels.get((change.revision_id, change.clause_id), ""),
                language=change.language,
                before=before,
                after=change.text_after,
                revision=change.revision,
            )
        )
    return joined


def _counts(outcomes: list[Outcome]) -> dict[int, tuple[int, int]]:
    rows = (
        OutcomeAnswer.objects.filter(outcome__in=outcomes)
        .values_list("outcome_id")
        .annotate(
            all=Count("id"), public=Count("id", filter=~Q(comment__state=CommentState.HIDDEN))
        )
    )
    return {outcome: (everything, public) for outcome, everything, public in rows}
