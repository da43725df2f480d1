"""Telling people something, and noting that they have read it."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from consultations.notices.delivery import deliver_notices
from consultations.notices.kinds import kinds
from consultations.notices.models import Delivery, Notice
from consultations.notices.registries import channels

BATCH = 500
# Slugs, labels, UUIDs: what names a thing. Whatever reads like a sentence has no place in a notice.
_NAME = re.compile(r"[\w./:-]{0,120}")


def notify(
    *,
    users: Iterable[int],
    kind: str,
    key: str,
    data: dict[str, int | str | list[int] | None],
    at: datetime,
) -> int:
    """Tells each of these people (user ids), once per `key`, however often it is called.

    Called inside the transaction of the cause: the notices, their deliveries and one task a batch
    commit with it or not at all. `data` holds ids, numbers and names of things only; the words
    are made when they are read. Whoever is suspended is told nothing. Returns how many were told.

    For thousands, an action enqueues a task of its own with the id of the cause, and that task
    calls this batch by batch.
    """
    if kind not in kinds:
        raise LookupError(f"No kind of notice is registered as {kind!r}.")
    _check_data(data)
    ids, told = sorted(set(users)), 0
    with transaction.atomic():
        for start in range(0, len(ids), BATCH):
            told += _tell(ids[start : start + BATCH], kind, key, data, at)
    return told


def mark_read(*, actor, notice_ids: Iterable[int] | None = None, at: datetime) -> int:
    """Notes that the person has read these notices of theirs (None: all). Safe to repeat."""
    unread = Notice.objects.filter(user=actor, read_at=None)
    if notice_ids is not None:
        unread = unread.filter(pk__in=notice_ids)
    return unread.update(read_at=at)


def _tell(user_ids: list[int], kind: str, key: str, data: dict, at: datetime) -> int:
    try:
        with transaction.atomic():
            notices = _write(user_ids, kind, key, data, at)
    except IntegrityError:
        # Somebody told one of them the same meanwhile. Now their notices can be seen.
        notices = _write(user_ids, kind, key, data, at)
    by_user = {notice.user_id: notice for notice in notices}
    deliveries = Delivery.objects.bulk_create(
        Delivery(notice=by_user[user_id], channel=channel)
        for channel, reach in channels.items()
        for user_id in reach(list(by_user))
    )
    if deliveries:
        deliver_notices.enqueue([delivery.pk for delivery in deliveries])
    return len(notices)


def _write(user_ids: list[int], kind: str, key: str, data: dict, at: datetime) -> list[Notice]:
    same = Notice.objects.filter(user=OuterRef("pk"), kind=kind, key=key)
    new = get_user_model().objects.filter(~Exists(same), pk__in=user_ids, is_active=True)
    return Notice.objects.bulk_create(
        Notice(user_id=user_id, kind=kind, key=key, data=data, created_at=at)
        for user_id in new.order_by("pk").values_list("pk", flat=True)
    )


def _check_data(data: dict) -> None:
    for name, value in data.items():
        parts = value if isinstance(value, list) else [value]
        if not all(part is None or isinstance(part, int) or _is_name(part) for part in parts):
            raise ValueError(f"{name}: a notice holds ids and numbers, no texts.")


def _is_name(value) -> bool:
    return isinstance(value, str) and _NAME.fullmatch(value) is not None
