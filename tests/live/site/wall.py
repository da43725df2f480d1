"""A wall: a log with notes. A note can be hidden; what is rendered is its current state."""

import time

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from consultations.kernel.errors import Denied, Missing
from consultations.ledger import actions as ledger
from consultations.ledger.models import Entry, Log
from consultations.ledger.queries import data_of
from consultations.live.registries import renderers, touches
from consultations.live.rooms import resolvers
from consultations.people.models import User

HIDDEN = {"id": "(disembunyikan)", "en": "(hidden)"}


def wall(slug: str, user) -> Log:
    log = Log.objects.filter(kind="wall", key=slug).first()
    if log is None:
        raise Missing("There is no such wall.")
    if slug == "members" and user is None:
        raise Denied("Only for members.")
    return log


resolvers._entries["consultation"] = wall  # instead of the real one


def _hidden(log_id: int) -> set[str]:
    rows = Entry.objects.filter(log_id=log_id, type="note.hidden")
    return set(rows.values_list("subject", flat=True))


@renderers.register("note.written")
@renderers.register("note.hidden")
def notes(entries: list[Entry], language: str) -> dict[int, str]:
    assert get_language() == language
    hidden = _hidden(entries[0].log_id)
    time.sleep(cache.get("slowness", 0))
    return {
        entry.seq: HIDDEN[language]
        if entry.subject in hidden
        else f"<p>{data_of(entry)['text']}</p>"
        for entry in entries
    }


@touches.register("note.written")
@touches.register("note.hidden")
def touched(entry: Entry) -> list[str]:
    return [entry.subject]


def add_people(*names: str) -> None:
    for name in names:
        user = User(public_name=name, joined_at=timezone.now())
        user.set_unusable_password()
        user.save()


def open_wall(slug: str) -> Log:
    return ledger.open_log(kind="wall", key=slug, at=timezone.now())


def write(slug: str, *texts: str) -> int:
    """All notes in one transaction. Returns the last seq."""
    with transaction.atomic():
        log = Log.objects.get(kind="wall", key=slug)
        ledger.lock(log)
        for text in texts:
            subject = f"note:{log.head_seq + 1}"
            ledger.append(
                log,
                "note.written",
                actor="participant:1",
                subject=subject,
                data={"text": text},
                contents={"text": text},
                at=timezone.now(),
            )
        return log.head_seq


def hide(slug: str, seq: int) -> int:
    with transaction.atomic():
        log = Log.objects.get(kind="wall", key=slug)
        ledger.lock(log)
        entry = ledger.append(
            log, "note.hidden", actor="post:1", subject=f"note:{seq}", data={}, at=timezone.now()
        )
        return entry.seq
