"""Splitting and merging clauses: identities change, and their ancestry is kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.standards.actions.drafting import remove_placement
from consultations.standards.actions.outlines import Outline
from consultations.standards.actions.working import (
    check_unchanged,
    clean_reason,
    count_edit,
    new_placement,
    open_draft,
    placed,
    record_change,
    set_words,
    words,
)
from consultations.standards.enums import Operation
from consultations.standards.models import (
    Change,
    Clause,
    ClauseAncestry,
    Placement,
    Revision,
    Wording,
)
from consultations.standards.queries.lineage import ancestry, reachable


@transaction.atomic
def split_clause(
    *,
    actor,
    revision: Revision,
    clause: Clause,
    parts: Sequence[str],
    reason_kind: str,
    reason: str = "",
    expected_digest: str,
    at: datetime,
) -> Change:
    """Makes several clauses of one, in the site's first language.

    The first part stays the clause that it was, so what was said on it stays there; the others
    are new clauses behind it that descend from it. Words in other languages stay whole with the
    first part until somebody rewords them.
    """
    open_draft(actor, revision, reason_kind, at)
    outline = Outline(revision)
    placement = placed(outline, clause)
    language = settings.LANGUAGE_CODE
    wording = check_unchanged(placement, language, expected_digest, "\n\n".join(parts))
    sentence = clean_reason(reason_kind, reason)
    if len(parts) < 2 or wording is None:
        raise Invalid(_("Give at least two parts."), field="parts")
    _check_not_split(revision, placement)
    columns = [words(part, field="parts") for part in parts]
    columns[0] = words(parts[0], heading=wording.heading, field="parts")
    set_words(placement, language, columns[0])
    behind = placement
    for part in columns[1:]:
        behind = _add_part(outline, behind, clause, part)
    outline.save()
    return record_change(
        actor,
        revision,
        clause,
        Operation.SPLIT,
        language=language,
        before=wording.body,
        headings=(wording.heading, wording.heading),
        after="\n\n".join(part["body"] for part in columns),
        reason=(reason_kind, sentence),
        at=at,
    )


def _check_not_split(revision: Revision, placement: Placement) -> None:
    """Once in a draft, so that a revert knows which parts were made by it."""
    made = ClauseAncestry.objects.filter(revision=revision, ancestor=placement.clause_id)
    if made.filter(operation=Operation.SPLIT).exists():
        raise Conflict(
            _("Clause %s has been split in this draft already. Revert that, or split a part.")
            % placement.label
        )


def _add_part(outline: Outline, behind: Placement, ancestor: Clause, columns: dict) -> Placement:
    placement = new_placement(outline.revision, behind.component)
    ClauseAncestry.objects.create(
        descendant=placement.clause,
        ancestor=ancestor,
        operation=Operation.SPLIT,
        revision=outline.revision,
    )
    outline.put(placement, behind.component, behind.parent, outline.place_behind(behind))
    set_words(placement, settings.LANGUAGE_CODE, columns)
    return placement


@transaction.atomic
def merge_clauses(
    *,
    actor,
    revision: Revision,
    clauses: Sequence[Clause],
    body: str,
    reason_kind: str,
    reason: str = "",
    expected_digests: Mapping[int, str],
    at: datetime,
) -> Change:
    """Makes one clause of several: one stays where it stands, with `body` as its words, the others
    end in it. It is the first, unless lineage would run in a circle (see _heir).

    `expected_digests` by clause id. Words in other languages are put one behind the other.
    """
    open_draft(actor, revision, reason_kind, at)
    outline = Outline(revision)
    if len({clause.pk for clause in clauses}) < 2:
        raise Invalid(_("Choose at least two clauses."), field="clauses")
    language = settings.LANGUAGE_CODE
    places = [placed(outline, clause) for clause in clauses]
    seen = [
        check_unchanged(place, language, expected_digests.get(place.clause_id, ""), body)
        for place in places
    ]
    sentence = clean_reason(reason_kind, reason)
    heir = _heir(revision, places)
    own = seen[places.index(heir)]
    columns = words(body, heading=own.heading if own else "")
    _join_other_languages(places, heir)
    for place in places:
        if place is not heir:
            _end_in(outline, place, heir)
    set_words(heir, language, columns)
    outline.save()
    return record_change(
        actor,
        revision,
        clauses[places.index(heir)],
        Operation.MERGE,
        language=language,
        before="\n\n".join(wording.body for wording in seen if wording),
        after=columns["body"],
        headings=(columns["heading"], columns["heading"]),
        reason=(reason_kind, sentence),
        at=at,
    )


def _heir(revision: Revision, places: Sequence[Placement]) -> Placement:
    """The first, as a rule. One that was published goes before one that only this draft has: things
    were said on it. And a part that was split off and published goes before the clause that it
    came from: that one already leads to it, and leading back would be a circle."""
    ids = {place.clause_id for place in places}
    known = Placement.objects.filter(clause__in=ids).exclude(revision=revision)
    published = set(known.values_list("clause_id", flat=True))
    down, _up = ancestry(revision.standard_id)
    free = [
        place
        for place in places
        if not (reachable(place.clause_id, down) - {place.clause_id}) & published
    ]
    return next((place for place in free if place.clause_id in published), free[0])


def _end_in(outline: Outline, place: Placement, heir: Placement) -> None:
    """A part that only this draft has goes back to the clause that it came from without a trace;
    nothing was ever said on it."""
    remove_placement(outline, place)
    down, _up = ancestry(outline.revision.standard_id)
    if place.clause_id in reachable(heir.clause_id, down):
        return
    if heir.clause_id not in down[place.clause_id]:
        ClauseAncestry.objects.create(
            descendant=heir.clause,
            ancestor=place.clause,
            operation=Operation.MERGE,
            revision=outline.revision,
        )


def _join_other_languages(places: Sequence[Placement], heir: Placement) -> None:
    order = {place.pk: number for number, place in enumerate(places)}
    found = Wording.objects.filter(placement__in=places).exclude(language=settings.LANGUAGE_CODE)
    by_language: dict[str, list[Wording]] = {}
    for wording in sorted(found, key=lambda wording: order[wording.placement_id]):
        by_language.setdefault(wording.language, []).append(wording)
    for language, wordings in by_language.items():
        own = next((w.heading for w in wordings if w.placement_id == heir.pk), "")
        joined = words("\n\n".join(wording.body for wording in wordings), heading=own)
        set_words(heir, language, joined)


@transaction.atomic
def record_ancestry(
    *,
    actor,
    revision: Revision,
    clause: Clause,
    ancestor: Clause,
    operation: str,
    at: datetime,
) -> None:
    """States that a clause of the draft came from another one by a split or a merge that was made
    elsewhere. The words have their reasons already."""
    open_draft(actor, revision, "", at)
    if clause.pk == ancestor.pk or operation not in {Operation.SPLIT, Operation.MERGE}:
        raise Invalid(_("A clause comes from another one, by a split or a merge."), field="origins")
    down, _up = ancestry(revision.standard_id)
    if ancestor.pk in reachable(clause.pk, down):
        raise Invalid(_("A clause cannot come from one that came from it."), field="origins")
    ClauseAncestry.objects.get_or_create(
        descendant=clause,
        ancestor=ancestor,
        defaults={"operation": operation, "revision": revision},
    )
    count_edit(revision)
