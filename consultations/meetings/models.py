"""Live sessions of a consultation: agenda, the clause on the table, agreements, attendance."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from consultations.kernel.fields import LocalizedTextField
from consultations.meetings.enums import (
    AgreementResult,
    AttendanceMode,
    ItemState,
    MeetingState,
)
from consultations.proceedings.enums import Unsur
from consultations.proceedings.models import Consultation, Participant
from consultations.standards.models import Wording


class Meeting(models.Model):
    """A live session, in a hall, online, or both."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    title = LocalizedTextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(blank=True)
    state = models.CharField(max_length=7, choices=MeetingState, default=MeetingState.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["consultation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="meeting_number_once")
        ]

    def __str__(self):
        return str(self.title)

    def get_absolute_url(self):
        return reverse("meeting", args=[self.consultation.slug, self.number])


class AgendaItem(models.Model):
    """One item of the agenda: usually a clause of the draft."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = LocalizedTextField()
    wording = models.ForeignKey(
        Wording, models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    state = models.CharField(max_length=8, choices=ItemState, default=ItemState.WAITING)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="agendaitem_order"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(state="on_table"),
                name="agendaitem_one_on_table",
            ),
        ]

    def __str__(self):
        return str(self.title)


class Agreement(models.Model):
    """What the room agreed on an item: a result and one sentence."""

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="agreement")
    result = models.CharField(max_length=10, choices=AgreementResult)
    sentence = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="agreements"
    )
    seq = models.PositiveBigIntegerField()  # of its entry in the log

    def __str__(self):
        return f"{self.result}: {self.sentence}"


class Attendance(models.Model):
    """Somebody who was there, by unsur. Names stay inside; figures go out."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    participant = models.ForeignKey(
        Participant, models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    name = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    unsur = models.CharField(max_length=16, choices=Unsur, blank=True)  # empty for organisers
    is_organiser = models.BooleanField(default=False)
    mode = models.CharField(max_length=9, choices=AttendanceMode)
    present_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "attendances"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "participant"], name="attendance_once_per_participant"
            ),
            models.CheckConstraint(
                condition=models.Q(is_organiser=True) | ~models.Q(unsur=""),
                name="attendance_has_unsur",
            ),
        ]

    def __str__(self):
        return self.name or str(self.participant_id)
