"""The index of the register follows what it shows. It is a cache: no rule, no entry.

Every action that changes which words a standard shows calls `index_standards` at its end, under the
lock of the standard's log. What changes by the calendar alone is found by `index_what_turned`.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from consultations.kernel.errors import Missing
from consultations.people.queries import day_in
from consultations.standards import searching
from consultations.standards.enums import RevisionState
from consultations.standards.models import Placement, RegisterText, Revision, Standard
from consultations.standards.queries import Standing, register_row, standards_shown, standing

_DAYS_BACK = 14  # a server that stood still that long is looked after by hand
_BATCH = 200


def index_standards(standards: Iterable[Standard], *, at: datetime) -> None:
    """What these show from now on; nothing of one of which nothing is published."""
    _index([standard.pk for standard in standards], at)


def index_review_days(standards: Iterable[Standard]) -> None:
    """By when these are to be reviewed; their words stay as they are. One query."""
    day = Standard.objects.filter(pk=OuterRef("standard")).values("review_due_on")
    RegisterText.objects.filter(standard__in=standards).update(review_due_on=Subquery(day))


def index_all(*, at: datetime) -> int:
    """Everything anew; how many standards that are. Safe to repeat and to interrupt."""
    ids = list(standards_shown().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _BATCH):
        _index(ids[start : start + _BATCH], at)
    return len(ids)


def index_what_turned(*, at: datetime) -> int:
    """Standards that the index shows as they are no more, since a day has come or something about
    them changed elsewhere; how many."""
    lately = ((at - timedelta(days=_DAYS_BACK)).date(), (at + timedelta(days=1)).date())
    turned = Revision.objects.filter(
        Q(effective_on__range=lately)
        | Q(superseded_on__range=lately)
        | Q(withdrawn_on__range=lately)
    ).values("standard")
    shown = {
        standard.pk: register_row(standard, on=day_in(standard.service.agency, at)).revision.pk
        for standard in standards_shown().filter(pk__in=turned)
    }
    of_all_words = RegisterText.objects.filter(component=None)
    indexed = dict(of_all_words.filter(standard__in=shown).values_list("standard", "revision"))
    stale = {standard for standard, revision in shown.items() if indexed.get(standard) != revision}
    stale |= set(
        of_all_words.exclude(
            Q(standard__review_due_on=F("review_due_on"))
            | Q(standard__review_due_on=None, review_due_on=None)
        ).values_list("standard", flat=True)
    )
    _index(sorted(stale), at)
    return len(stale)


@transaction.atomic
def _index(ids: list[int], at: datetime) -> None:
    found = {standard.pk: standard for standard in standards_shown().filter(pk__in=ids)}
    revisions = {}
    for standard in found.values():
        try:
            row = register_row(standard, on=day_in(standard.service.agency, at))
        except Missing:
            continue
        revisions[row.revision.pk] = standard
    by_revision: dict[int, list[Placement]] = {}
    placements = Placement.objects.filter(revision__in=revisions).prefetch_related("wordings")
    for placement in placements:
        by_revision.setdefault(placement.revision_id, []).append(placement)
    searching.replace(
        _document(
            standard,
            revision,
            by_revision.get(revision, ()),
            day_in(standard.service.agency, at),
        )
        for revision, standard in revisions.items()
    )


def _document(
    standard: Standard, revision: int, placements: Iterable[Placement], on: date
) -> searching.Document:
    by_component: dict[int, dict[str, list[str]]] = {}
    everything: dict[str, list[str]] = {}
    for placement in placements:
        for wording in placement.wordings.all():
            words = f"{wording.heading}\n{wording.plain}"
            part = by_component.setdefault(placement.component_id, {})
            for texts in (part, everything):
                texts.setdefault(wording.language, []).append(words)
    rows = [searching.Row(None, _joined(everything))]
    rows += [searching.Row(pk, _joined(texts)) for pk, texts in by_component.items()]
    return searching.Document(
        standard_id=standard.pk,
        revision_id=revision,
        facts=_facts(standard, on),
        titles=dict(standard.service.name),
        others=_others(standard),
        rows=tuple(rows),
    )


def _joined(texts: dict[str, list[str]]) -> dict[str, str]:
    return {language: "\n".join(words) for language, words in texts.items()}


def _facts(standard: Standard, on: date) -> searching.Facts:
    service, revisions = standard.service, standard.published
    begins, ends = _held(revisions, on)
    coming = [each.effective_on for each in revisions if standing(each, on=on) == Standing.COMING]
    states = {each.state for each in revisions}
    return searching.Facts(
        agency_id=service.agency_id,
        sector=service.sector,
        kind=service.kind,
        title=service.name.in_language(settings.LANGUAGE_CODE).casefold(),
        in_force_from=begins,
        in_force_until=ends,
        newest_from=max(coming, default=None),
        is_finalised=RevisionState.FINALISED in states,
        is_consulted=RevisionState.CONSULTED in states,
        review_due_on=standard.review_due_on,
    )


def _held(revisions: Iterable[Revision], on: date) -> tuple[date | None, date | None]:
    """From when until when (not included; None: without end) one revision after the other holds,
    of the times that are not over."""
    begins = ends = None
    for starts, over in sorted(filter(None, map(_holds, revisions)), key=lambda times: times[0]):
        if begins is None and (over is None or over > on):
            begins, ends = starts, over
        elif begins is not None and ends == starts:
            ends = over
    return begins, ends


def _holds(revision: Revision) -> tuple[date, date | None] | None:
    """When a revision begins and ends to hold, as `queries.standing` has it; None: never."""
    if revision.effective_on is None or revision.state not in RevisionState.ONCE_ADOPTED:
        return None
    ends = [revision.superseded_on]
    if revision.state == RevisionState.WITHDRAWN:
        ends.append(revision.withdrawn_on)
    over = min(filter(None, ends), default=None)
    return None if over and over <= revision.effective_on else (revision.effective_on, over)


def _others(standard: Standard) -> dict[str, str]:
    """The agency under all of its names, and what is the same in every language once."""
    service, agency = standard.service, standard.service.agency
    others = dict(agency.name)
    same = " ".join(filter(None, [agency.short_name, agency.region, service.sector]))
    others[settings.LANGUAGE_CODE] = f"{others.get(settings.LANGUAGE_CODE, '')} {same}".strip()
    return others
