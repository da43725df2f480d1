from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingState(TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Under way")
    CLOSED = "closed", _("Ended")


MEETING_TRANSITIONS = {
    MeetingState.PLANNED: {MeetingState.OPEN},
    MeetingState.OPEN: {MeetingState.CLOSED},
    MeetingState.CLOSED: set(),
}


class ItemState(TextChoices):
    WAITING = "waiting", _("To come")
    ON_TABLE = "on_table", _("On the table")
    DONE = "done", _("Done")


class AgreementResult(TextChoices):
    """What the room agreed on an item (kesepakatan). The agency's outcome comes later."""

    AGREED = "agreed", _("Agreed")
    WITH_NOTES = "with_notes", _("Agreed with notes")
    NOT_AGREED = "not_agreed", _("Not agreed")


class AttendanceMode(TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
