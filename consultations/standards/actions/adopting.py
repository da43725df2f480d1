"""Bringing revisions into force by a decree, and what that ends."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.text import clean_text
from consultations.ledger import actions as ledger
from consultations.people.queries import day_in, line_of
from consultations.standards import gates
from consultations.standards.actions.indexing import index_standards
from consultations.standards.actions.publishing import append, check_transition
from consultations.standards.actions.working import day_of
from consultations.standards.enums import RevisionState
from consultations.standards.gates import Lack
from consultations.standards.models import Decree, Revision, Standard
from consultations.standards.queries.adopting import Ending, comes_too_early, endings
from consultations.standards.queries.keeping import add_months
from consultations.standards.rules import check_adopt, check_publish

ANNEX_LIMIT = 20


@dataclass(frozen=True)
class Annex:
    """One revision of a decree, with the number of its annex as printed."""

    revision: Revision
    number: str = ""


@dataclass(frozen=True)
class Adoption:
    """What is adopted, or could be, and what was left out, each with what it lacks."""

    adopted: tuple[Revision, ...]
    left_out: tuple[tuple[Revision, tuple[Lack, ...]], ...]
    ended: dict[int, tuple[Ending, ...]]  # by revision: what it ends

    @property
    def with_endings(self) -> list[tuple[Revision, tuple[Ending, ...]]]:
        return [(revision, self.ended[revision.pk]) for revision in self.adopted]


class NotAllReady(Conflict):
    """Some of them lack something, and all or none were to be adopted; `adoption` says which."""

    code = "not_all_ready"

    def __init__(self, adoption: Adoption):
        super().__init__(_("Nothing has been adopted: some of the revisions are not ready."))
        self.adoption = adoption


@transaction.atomic
def adopt_revision(
    *,
    actor,
    revision: Revision,
    decree: Decree,
    annex_number: str = "",
    effective_on: date,
    is_history: bool = False,
    at: datetime,
) -> Revision:
    """Brings a finalised revision into force on a day, and ends the one before it on that day.

    Refuses what the gate `coming_into_force` finds missing. What came into force before it came
    here is loaded as history (`is_history`): that is a fact, however untidy, and no news. People
    load so what holds already, the program also what is to come.
    """
    standard = revision.standard
    ledger.lock(standard.log)
    revision.refresh_from_db()
    revision.standard = standard
    today = day_of(standard, at)
    check_adopt(actor, standard.service.agency, on=today)
    check_transition(revision, RevisionState.ADOPTED)
    _check_decree(revision, decree)
    _set(revision, decree, annex_number, effective_on)
    is_history = is_history and (actor is None or effective_on <= today)
    if not is_history:
        gates.check_gate(gates.coming_into_force, revision)
    ended = endings(revision, effective_on)
    if other := comes_too_early(ended):
        raise Conflict(_too_early(other).message, code="too_early")
    if is_history and effective_on <= day_of(standard, at):
        revision.in_force_told_at = at
    _adopt(actor, revision, ended, at)
    index_standards([standard], at=at)
    return revision


@transaction.atomic
def adopt_together(
    *,
    actor,
    decree: Decree,
    annexes: Sequence[Annex],
    effective_on: date,
    all_or_none: bool,
    at: datetime,
) -> Adoption:
    """One decree adopts many: those that lack nothing, or with `all_or_none` all of them or none
    (NotAllReady). As many queries for each of them, whatever their number."""
    _lock_all(annexes)
    for agency in {annex.revision.standard.service.agency for annex in annexes}:
        check_adopt(actor, agency, on=day_in(agency, at))
    found = check_together(decree, annexes, effective_on)
    if not found.adopted or (all_or_none and found.left_out):
        raise NotAllReady(found)
    for revision in found.adopted:
        _adopt(actor, revision, found.ended[revision.pk], at)
    index_standards([revision.standard for revision in found.adopted], at=at)
    return found


def check_together(decree: Decree, annexes: Sequence[Annex], effective_on: date) -> Adoption:
    """What `adopt_together` would do, without doing it: for its preview."""
    _check_annexes(annexes)
    adopted, left_out, ended = [], [], {}
    for annex in annexes:
        revision = annex.revision
        _check_decree(revision, decree)
        _set(revision, decree, annex.number, effective_on)
        found = gates.lacks(gates.coming_into_force, revision)
        ended[revision.pk] = tuple(endings(revision, effective_on))
        if other := comes_too_early(ended[revision.pk]):
            found.append(_too_early(other))
        if found:
            left_out.append((revision, tuple(found)))
        else:
            adopted.append(revision)
    return Adoption(tuple(adopted), tuple(left_out), ended)


def _lock_all(annexes: Sequence[Annex]) -> None:
    """Locks all logs together, then reads all states anew."""
    _check_annexes(annexes)
    ledger.lock(*(annex.revision.standard.log for annex in annexes))
    fresh = Revision.objects.in_bulk([annex.revision.pk for annex in annexes])
    for annex in annexes:
        revision = annex.revision
        for column in ("state", "superseded_on", "published_at"):
            setattr(revision, column, getattr(fresh[revision.pk], column))


def _check_annexes(annexes: Sequence[Annex]) -> None:
    if not annexes:
        raise Invalid(_("Choose at least one revision."), field="revisions")
    standards = Counter(annex.revision.standard_id for annex in annexes)
    if max(standards.values()) > 1:
        raise Invalid(_("Of each standard one revision can be adopted."), field="revisions")
    numbers = Counter(annex.number for annex in annexes if annex.number)
    if twice := [number for number, count in numbers.items() if count > 1]:
        message = _("Annex %(number)s is given more than once.") % {"number": twice[0]}
        raise Invalid(message, field="revisions")


def _set(revision: Revision, decree: Decree, annex_number: str, effective_on: date) -> None:
    revision.decree, revision.effective_on = decree, effective_on
    revision.annex_number = clean_text(annex_number, limit=ANNEX_LIMIT, field="annex_number")


def _adopt(actor, revision: Revision, ended: Sequence[Ending], at: datetime) -> None:
    standard = revision.standard
    for ending in ended:
        ending.revision.standard = standard
        _supersede(actor, ending.revision, revision.number, ending.on, at)
    revision.state = RevisionState.ADOPTED
    columns = ["state", "decree", "annex_number", "effective_on", "in_force_told_at"]
    revision.save(update_fields=columns)
    months = standard.service.agency.review_months
    set_review_day(standard, add_months(revision.effective_on, months))
    data = {
        "number": revision.number,
        "decree": revision.decree.number,
        "annex": revision.annex_number,
        "effective_on": revision.effective_on.isoformat(),
    }
    append(actor, revision, "revision.adopted", data, at)


def set_review_day(standard: Standard, day: date | None) -> None:
    standard.review_due_on = day
    standard.save(update_fields=["review_due_on"])


def _check_decree(revision: Revision, decree: Decree) -> None:
    """The agency's own, or that of a government above it."""
    agency = revision.standard.service.agency
    if agency.pk != decree.agency_id and decree.agency_id not in {a.pk for a in line_of(agency)}:
        raise Invalid(_("This decree is of another agency."), field="decree")


def _too_early(other: Revision) -> Lack:
    message = _("Revision %(number)d comes into force on %(day)s. This one must come later.")
    words = {"number": other.number, "day": other.effective_on.isoformat()}
    return Lack(message % words, other.get_absolute_url())


@transaction.atomic
def supersede_revision(
    *,
    actor,
    revision: Revision,
    by: Revision | None = None,
    ended_on: date | None = None,
    at: datetime,
) -> Revision:
    """Ends a revision that was consulted on, when another draft takes its place; or one that is in
    force, today, without another (`adopt_revision` ends it where there is another).

    Only the program may say `ended_on`, of one that ended before it came here.
    """
    standard = revision.standard
    ledger.lock(standard.log)
    revision.refresh_from_db()
    revision.standard = standard
    on = day_of(standard, at)
    if ended_on and actor is None:
        on = ended_on
    check_transition(revision, RevisionState.SUPERSEDED)
    was_adopted = revision.state == RevisionState.ADOPTED
    (check_adopt if was_adopted else check_publish)(actor, standard.service.agency, on=on)
    _supersede(actor, revision, by.number if by else None, on if was_adopted else None, at)
    if was_adopted:
        set_review_day(standard, None)
    index_standards([standard], at=at)
    return revision


def _supersede(actor, revision: Revision, by: int | None, on: date | None, at: datetime) -> None:
    """What was withdrawn for a later day stays withdrawn, and ends on the earlier one."""
    if revision.state != RevisionState.WITHDRAWN:
        revision.state = RevisionState.SUPERSEDED
    revision.superseded_on = on
    revision.save(update_fields=["state", "superseded_on"])
    day = on.isoformat() if on else None
    data = {"number": revision.number, "by": by, "superseded_on": day}
    append(actor, revision, "revision.superseded", data, at)
