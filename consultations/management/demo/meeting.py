"""The demo's live session: half an hour in, two items agreed, the third on the table."""

from datetime import datetime, timedelta

from consultations.kernel.fields import LocalizedText
from consultations.management.demo.consultation import Story
from consultations.meetings import actions
from consultations.meetings.enums import AttendanceMode
from consultations.meetings.models import Meeting

_MINUTES_SINCE_OPENING = 40
_MINUTES_PER_ITEM = 13


def hold_meeting(story: Story) -> Meeting:
    """Opens the session and brings it to its third item; the story tells what is said in it."""
    content, moderator = story.content["meeting"], story.cast.users["moderator@contoh.test"]
    opened_at = story.now - timedelta(minutes=_MINUTES_SINCE_OPENING)
    meeting = actions.plan_meeting(
        actor=moderator,
        consultation=story.consultation,
        title=LocalizedText(content["title"]),
        starts_at=opened_at,
        ends_at=opened_at + timedelta(hours=2),
        place=content["place"],
        items=[
            actions.PlannedItem(LocalizedText(item["title"]), story.wordings[item["clause"]])
            for item in content["items"]
        ],
        at=opened_at - timedelta(days=7),
    )
    actions.open_meeting(actor=moderator, meeting=meeting, at=opened_at)
    _welcome(meeting, story, opened_at)
    _agree(meeting, story, opened_at)
    return meeting


def _welcome(meeting: Meeting, story: Story, at: datetime) -> None:
    note_taker = story.cast.users["notulis@contoh.test"]
    for row in story.content["meeting"]["attendance"]:
        for mode in AttendanceMode:
            for number in range(row[mode]):
                actions.record_attendance(
                    actor=note_taker,
                    meeting=meeting,
                    name=f"{row['unsur'] or 'penyelenggara'} {mode} {number + 1}",
                    unsur=row["unsur"],
                    mode=mode,
                    at=at,
                )


def _agree(meeting: Meeting, story: Story, opened_at: datetime) -> None:
    moderator = story.cast.users["moderator@contoh.test"]
    at = opened_at
    for item, row in zip(meeting.items.all(), story.content["meeting"]["items"], strict=True):
        item.meeting = meeting
        actions.put_on_table(actor=moderator, item=item, at=at)
        if "result" not in row:
            break
        at += timedelta(minutes=_MINUTES_PER_ITEM)
        actions.record_agreement(
            actor=moderator, item=item, result=row["result"], sentence=row["sentence"], at=at
        )
