"""The days of a consultation as a chain, and the time that is left, in words."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.meetings.enums import MeetingState
from consultations.meetings.models import Meeting
from consultations.proceedings.enums import Stage
from consultations.proceedings.models import Consultation
from consultations.templatetags.rembuk import clock, short_day


@dataclass(frozen=True)
class Step:
    """One link of a chain: done, now or still to come."""

    state: str
    label: SafeString | str
    text: SafeString | str


@dataclass(frozen=True)
class Remaining:
    """How long comments are taken. `days` is None once that is over."""

    days: int | None
    figure: str

    @property
    def is_open(self) -> bool:
        return self.days is not None


def local_day(consultation: Consultation, at: datetime) -> date:
    return at.astimezone(ZoneInfo(consultation.time_zone)).date()


def remaining(consultation: Consultation, at: datetime) -> Remaining:
    """Days are counted by the calendar of the agency's time zone."""
    if consultation.stage != Stage.OPEN or at > consultation.closes_at:
        return Remaining(None, _("Closed"))
    days = (local_day(consultation, consultation.closes_at) - local_day(consultation, at)).days
    if days == 0:
        return Remaining(0, _("Last day"))
    return Remaining(days, ngettext("%(n)d day", "%(n)d days", days) % {"n": days})


def timetable(consultation: Consultation, meetings: list[Meeting], at: datetime) -> list[Step]:
    """Opening, sessions, closing, the day by which all is answered, coming into force."""
    today, zone = local_day(consultation, at), consultation.time_zone
    is_over = at > consultation.closes_at or consultation.stage != Stage.OPEN
    events: list[tuple[date, bool, str]] = [
        (local_day(consultation, consultation.opens_at), True, _("Opened")),
        *((local_day(consultation, m.starts_at), _is_past(m), _session(m, zone)) for m in meetings),
        (
            local_day(consultation, consultation.closes_at),
            is_over,
            _("Closed for comments") if is_over else _("Closes for comments"),
        ),
        (
            consultation.answer_by,
            consultation.stage == Stage.CONCLUDED,
            _("Every comment answered"),
        ),
    ]
    if consultation.effective_on:
        day = consultation.effective_on
        events.append((day, day <= today and is_over, _("New standard in force")))
    events.sort(key=lambda event: event[0])
    live = {local_day(consultation, m.starts_at) for m in meetings if m.state == MeetingState.OPEN}
    now = next((day for day, done, _text in events if day in live and not done), None)
    now = now or next((day for day, done, _text in events if not done), None)
    return [
        Step("done" if done else "now" if day == now else "todo", _dated(day, today), text)
        for day, done, text in events
    ]


def _is_past(meeting: Meeting) -> bool:
    return meeting.state == MeetingState.CLOSED


def _session(meeting: Meeting, zone: str) -> SafeString:
    return format_html("{}, {}", _("Live session"), clock(meeting.starts_at, zone))


def _dated(day: date, today: date) -> SafeString | str:
    shown = short_day(day)
    return format_html("{}, {}", shown, _("today")) if day == today else shown


def deadline_in_words(consultation: Consultation, at: datetime) -> str:
    """For previews of a shared link: until when one can say something, or that it is over."""
    zone = ZoneInfo(consultation.time_zone)
    closes = consultation.closes_at.astimezone(zone)
    day = dateformat.format(closes, "j F Y")
    if remaining(consultation, at).is_open:
        return _("Comments are open until %(day)s") % {"day": day}
    return _("Comments closed on %(day)s") % {"day": day}
