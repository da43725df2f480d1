"""What sessions keep about a person: that they were there, and which official wrote down what."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.meetings.models import Agreement, Attendance
from consultations.people.models import User
from consultations.people.privacy import PersonalData, keep, moment, personal_data


def _export_agreements(user: User) -> list[dict]:
    rows = user.agreements.select_related("item__meeting__consultation").order_by("pk")
    return [
        {
            "consultation": agreement.item.meeting.consultation.slug,
            "meeting": agreement.item.meeting.number,
            "item": agreement.item.position,
            "result": agreement.result,
            "sentence": agreement.sentence,
            "recorded_at": moment(agreement.recorded_at),
        }
        for agreement in rows
    ]


def _attendances_of(user: User) -> QuerySet[Attendance]:
    return Attendance.objects.filter(participant__user=user).order_by("pk")


def _export_attendances(user: User) -> list[dict]:
    return [
        {
            "consultation": attendance.meeting.consultation.slug,
            "meeting": attendance.meeting.number,
            "name": attendance.name,
            "organisation": attendance.organisation,
            "unsur": attendance.unsur,
            "mode": attendance.mode,
            "present_at": moment(attendance.present_at),
        }
        for attendance in _attendances_of(user).select_related("meeting__consultation")
    ]


def _erase_attendances(user: User, at: datetime) -> None:
    """The figure of the session stays true: its rows stay, without a name."""
    _attendances_of(user).update(name="", organisation="")


personal_data.register(Agreement.__name__)(
    PersonalData(
        _(
            "To know which official wrote down what a session agreed. The words are the session's; "
            "that an official recorded them stays by the law on archives."
        ),
        _export_agreements,
        keep,
    )
)
personal_data.register(Attendance.__name__)(
    PersonalData(
        _("To count who took part in a session, by unsur. Name and organisation are erased."),
        _export_attendances,
        _erase_attendances,
    )
)
