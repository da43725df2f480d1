"""The official record (berita acara) of a session, composed from the record and nothing else.

It has the form of DOMAIN §2.1. Contributions appear by number and participant category, never by
name; only officials and signatories are named (promise 9).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language

from consultations.meetings.enums import AttendanceMode
from consultations.meetings.models import AgendaItem, Meeting
from consultations.meetings.queries import Room, room
from consultations.minutes.wording import date_parts, ordinal_heading
from consultations.outcomes.models import Outcome
from consultations.people.enums import Role
from consultations.people.models import PostHolding
from consultations.proceedings.enums import Unsur
from consultations.standards.models import Change
from consultations.threads.enums import CommentState
from consultations.threads.models import Comment
from consultations.threads.queries.answering import FROM_PUBLIC


@dataclass(frozen=True)
class AttendanceRow:
    """One participant category: how many in person and online."""

    label: str
    in_person: int
    online: int

    @property
    def total(self) -> int:
        return self.in_person + self.online


@dataclass(frozen=True)
class Answered:
    """An outcome on an item, and the words that it changed, for this reader."""

    outcome: Outcome
    changes: list[Change]


@dataclass(frozen=True)
class Discussed:
    """One item of the agenda: what was said on it, what was agreed, what came of it."""

    item: AgendaItem
    said: list[Comment]
    said_before: int
    hidden: int
    outcomes: list[Answered]


@dataclass(frozen=True)
class Point:
    """One numbered point of what was agreed: KESATU, KEDUA, …"""

    heading: str
    item: AgendaItem


@dataclass(frozen=True)
class Minutes:
    meeting: Meeting
    date: dict[str, str]
    begins: datetime
    ends: datetime
    attendance: list[AttendanceRow]
    organisers: AttendanceRow
    discussed: list[Discussed]
    points: list[Point]
    not_discussed: list[AgendaItem]
    signatories: list[PostHolding]
    figures: dict[str, int] = field(default_factory=dict)

    @property
    def present(self) -> int:
        return sum(row.total for row in self.attendance) + self.organisers.total

    @property
    def in_person(self) -> int:
        return sum(row.in_person for row in self.attendance) + self.organisers.in_person

    @property
    def online(self) -> int:
        return self.present - self.in_person

    @property
    def missing_unsur(self) -> list[str]:
        return [row.label for row in self.attendance if not row.total]


def compose(meeting: Meeting) -> Minutes:
    """The minutes as the record stands now. Queries do not depend on how much was said."""
    held = room(meeting)
    zone = ZoneInfo(meeting.consultation.time_zone)
    begins = (meeting.opened_at or meeting.starts_at).astimezone(zone)
    ends = (meeting.closed_at or meeting.ends_at).astimezone(zone)
    attendance, organisers = _attendance(meeting)
    agreed = [item for item in held.items if hasattr(item, "agreement")]
    return Minutes(
        meeting=meeting,
        date=date_parts(begins.date()),
        begins=begins,
        ends=ends,
        attendance=attendance,
        organisers=organisers,
        discussed=_discussed(held),
        points=[Point(ordinal_heading(n), item) for n, item in enumerate(agreed, 1)],
        not_discussed=[item for item in held.items if not item.opened_at],
        signatories=_signatories(meeting, begins),
        figures=_figures(meeting),
    )


def _attendance(meeting: Meeting) -> tuple[list[AttendanceRow], AttendanceRow]:
    counts = defaultdict(int)
    for unsur, is_organiser, mode in meeting.attendances.values_list(
        "unsur", "is_organiser", "mode"
    ):
        counts["organiser" if is_organiser else unsur, mode] += 1

    def row(key: str, label: str) -> AttendanceRow:
        return AttendanceRow(
            label, counts[key, AttendanceMode.IN_PERSON], counts[key, AttendanceMode.ONLINE]
        )

    return [row(unsur.value, unsur.label) for unsur in Unsur], row("organiser", "")


def _discussed(held: Room) -> list[Discussed]:
    """What was said on each item that was on the table. Said in the session is what occurred
    between its opening and its end; the rest came before or after."""
    items = [item for item in held.items if item.opened_at]
    wordings = {item.wording_id for item in items if item.wording_id}
    comments = defaultdict(list)
    for comment in (
        Comment.objects.filter(wording__in=wordings, state__in=CommentState.STANDING)
        .select_related("participant", "anchor")
        .order_by("number")
    ):
        comments[comment.wording_id].append(comment)
    outcomes = _outcomes_by_wording(held.meeting, wordings)
    return [
        _discussed_item(held.meeting, item, comments[item.wording_id], outcomes[item.wording_id])
        for item in items
    ]


def _discussed_item(meeting, item, comments: list[Comment], outcomes: list[Outcome]) -> Discussed:
    begins, ends = meeting.opened_at, meeting.closed_at
    during = [
        comment
        for comment in comments
        if begins
        and begins <= comment.occurred_at
        and (ends is None or comment.occurred_at <= ends)
    ]
    hidden = [comment for comment in during if comment.state != CommentState.PUBLISHED]
    return Discussed(
        item=item,
        said=[comment for comment in during if comment.state == CommentState.PUBLISHED],
        said_before=sum(
            1
            for comment in comments
            if begins and comment.occurred_at < begins and not comment.is_official
        ),
        hidden=len(hidden),
        outcomes=[Answered(outcome, _changes(outcome)) for outcome in outcomes],
    )


def _changes(outcome: Outcome) -> list[Change]:
    changes = [row.change for row in outcome.changes.all() if row.change.reverted_at is None]
    return [change for change in changes if change.language == get_language()] or changes


def _outcomes_by_wording(meeting: Meeting, wordings: set[int]) -> dict[int, list[Outcome]]:
    """The agency's outcomes so far on the clauses that were on the table, each once per clause."""
    found = defaultdict(dict)
    outcomes = (
        Outcome.objects.filter(
            consultation=meeting.consultation,
            is_current=True,
            reverted_at=None,
            answers__comment__wording__in=wordings,
        )
        .distinct()
        .select_related("post")
        .prefetch_related("changes__change", "answers__comment")
        .order_by("number")
    )
    for outcome in outcomes:
        for answer in outcome.answers.all():
            if answer.comment.wording_id in wordings:
                found[answer.comment.wording_id][outcome.pk] = outcome
    return defaultdict(list, {key: list(rows.values()) for key, rows in found.items()})


def _signatories(meeting: Meeting, on: datetime) -> list[PostHolding]:
    """Who signs for the agency: the holders of its signing posts on that day."""
    return list(
        PostHolding.objects.filter(
            post__grants__role=Role.SIGNATORY,
            post__grants__agency=meeting.consultation.agency,
            starts_on__lte=on.date(),
        )
        .exclude(ends_on__lt=on.date())
        .select_related("post")
        .distinct()
    )


def _figures(meeting: Meeting) -> dict[str, int]:
    standing = Comment.objects.filter(
        consultation=meeting.consultation, state__in=CommentState.STANDING
    )
    comments = standing.filter(FROM_PUBLIC)
    return {
        "comments": comments.count(),
        "people": comments.values("participant").distinct().count(),
        "answered": comments.filter(answered_at__isnull=False).count(),
        "remarks": standing.exclude(FROM_PUBLIC).count(),
        "outcomes": meeting.consultation.outcomes.filter(is_current=True, reverted_at=None).count(),
    }
