"""What outcomes ask of the three gates (DESIGN §7): everybody answered, every answer applied."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.outcomes.models import Outcome, OutcomeChange
from consultations.proceedings.enums import Stage
from consultations.proceedings.gates import conclusion
from consultations.proceedings.models import Consultation
from consultations.standards.enums import ReasonKind
from consultations.standards.gates import Lack, coming_into_force, publication
from consultations.standards.models import Change, Revision
from consultations.threads.queries.answering import unanswered


@conclusion.register("everybody_answered")
def everybody_answered(consultation: Consultation) -> list[Lack]:
    """Hidden comments too: they are answered to their author alone (promise 6)."""
    count = unanswered(consultation.comments).count()
    if not count:
        return []
    message = ngettext(
        "%(count)d comment has no official answer.",
        "%(count)d comments have no official answer.",
        count,
    )
    url = reverse("desk", args=[consultation.slug]) + "?state=unanswered"
    return [Lack(message % {"count": count}, url, count)]


@publication.register("outcomes_applied")
@coming_into_force.register("outcomes_applied")
def outcomes_applied(revision: Revision) -> list[Lack]:
    """Words that an outcome promised are in this revision, and were not taken out by themselves.

    They are not when somebody reverted the edit alone, or when the outcome came later and its
    words wait in the next revision.
    """
    rows = OutcomeChange.objects.filter(change__clause__standard=revision.standard_id)
    holding = _holding(rows)
    applied: set[tuple] = set()
    promised: dict[tuple, Outcome] = {}
    for row in rows.select_related("outcome__consultation", "change__revision").order_by("pk"):
        outcome, change = row.outcome, row.change
        if (outcome.consultation_id, outcome.number) not in holding:
            continue
        words = (outcome.consultation_id, outcome.number, change.clause_id, change.language)
        promised[words] = outcome
        if change.reverted_at is None and change.revision.number <= revision.number:
            applied.add(words)
        elif change.reverted_at is None:
            applied.discard(words)  # the newest words of this outcome wait in a later revision
    return _missing([outcome for words, outcome in promised.items() if words not in applied])


def _missing(outcomes: list[Outcome]) -> list[Lack]:
    by_consultation: dict[Consultation, set[int]] = defaultdict(set)
    for outcome in outcomes:
        by_consultation[outcome.consultation].add(outcome.number)
    lacks = []
    for consultation, numbers in by_consultation.items():
        message = ngettext(
            "The words of outcome %(names)s are not in this revision.",
            "The words of outcomes %(names)s are not in this revision.",
            len(numbers),
        )
        names = ", ".join(f"H-{number}" for number in sorted(numbers))
        url = reverse("outcome", args=[consultation.slug, min(numbers)])
        lacks.append(Lack(message % {"names": names}, url, len(numbers)))
    return lacks


@publication.register("outcomes_hold")
@coming_into_force.register("outcomes_hold")
def outcomes_hold(revision: Revision) -> list[Lack]:
    """A change that names an outcome as its reason has one behind it that still holds."""
    changes = Change.objects.filter(
        revision=revision, reason_kind=ReasonKind.OUTCOME, reverted_at=None
    )
    rows = OutcomeChange.objects.filter(change__in=changes)
    holding = _holding(rows)
    explained = {
        change
        for change, consultation, number in rows.values_list(
            "change_id", "outcome__consultation_id", "outcome__number"
        )
        if (consultation, number) in holding
    }
    count = changes.exclude(pk__in=explained).count()
    if not count:
        return []
    message = ngettext(
        "%(count)d change names an outcome that does not hold.",
        "%(count)d changes name an outcome that does not hold.",
        count,
    )
    return [Lack(message % {"count": count}, revision.get_absolute_url(), count)]


def _holding(rows) -> set[tuple[int, int]]:
    """Of the outcomes behind these rows the consultations and numbers that hold in some version."""
    current = Outcome.objects.filter(
        is_current=True, consultation__in=rows.values("outcome__consultation")
    )
    return set(current.values_list("consultation_id", "number"))


@coming_into_force.register("consultation_concluded")
def consultation_concluded(revision: Revision) -> list[Lack]:
    """While people are still asked about a standard, its next words are not settled."""
    under_way = Consultation.objects.filter(
        stage__in=Stage.UNDER_WAY, drafts__revision__standard=revision.standard_id
    ).distinct()
    return [
        Lack(
            _("The consultation “%(title)s” is not concluded.") % {"title": consultation},
            reverse("conclude", args=[consultation.slug]),
        )
        for consultation in under_way
    ]
