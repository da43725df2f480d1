"""Many people and many comments at once, made as the actions would make them one by one."""

import json
import random
import statistics
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from benchmarks.addresses import PAGE, SLUG
from consultations.ledger import actions as ledger
from consultations.pages import current
from consultations.people.models import User
from consultations.proceedings.actions import join
from consultations.proceedings.models import Consultation
from consultations.standards.models import Wording
from consultations.threads.actions import post_comment
from consultations.threads.enums import CommentState, Stance
from consultations.threads.models import Comment

_BATCH = 500
_REPLIES = 0.3
_TEXT = (
    "antrean loket dibuka pagi warga desa jauh datang dua kali mohon jadwal diumumkan lebih "
    "dahulu fotokopi tidak diminta lagi kartu keluarga digital sudah cukup petugas ramah tetapi "
    "jaringan sering putus sehingga perekaman harus diulang minggu depan"
)
_WORDS = _TEXT.split()


def make_people(count: str, path: str) -> None:
    """People who are signed in, and the wordings under discussion."""
    now = timezone.now()
    users = User.objects.bulk_create(
        User(public_name=f"Warga {number}", password="!", joined_at=now)
        for number in range(1, int(count) + 1)
    )
    sessions = [_session(user) for user in users]
    Session.objects.bulk_create(sessions)
    found = {
        "sessions": [session.session_key for session in sessions],
        "wordings": [wording.pk for wording in wordings()],
    }
    Path(path).write_text(json.dumps(found), "utf-8")


def _session(user: User) -> Session:
    store = SessionStore()
    data = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    return Session(
        session_key=store._get_new_session_key(),
        session_data=store.encode(data),
        expire_date=timezone.now() + timedelta(days=1),
    )


def wordings() -> list[Wording]:
    """In Indonesian, of the draft under discussion."""
    return list(
        Wording.objects.filter(
            placement__revision__consultation_draft__consultation__slug=SLUG,
            placement__revision__consultation_draft__replaced_by=None,
            language="id",
        )
        .select_related("placement")
        .order_by("placement__position", "pk")
    )


def fill_comments(count: str) -> None:
    """Comments and replies, spread over the clauses, until there are `count`."""
    random.seed(count)
    consultation = Consultation.objects.select_related("log").get(slug=SLUG)
    users = User.objects.filter(password="!").order_by("pk")[:200]
    now = timezone.now()
    with transaction.atomic():
        voices = [join(user=user, consultation=consultation, at=now) for user in users]
    number = consultation.comments.count()
    while number < int(count):
        size = min(_BATCH, int(count) - number)
        with transaction.atomic():
            _fill_batch(consultation, voices, size)
        number += size


def _fill_batch(consultation: Consultation, voices: list, size: int) -> None:
    log, now, places = consultation.log, timezone.now(), wordings()
    ledger.lock(log)
    newest = consultation.comments.order_by("-number").values_list("number", flat=True).first() or 0
    parents = list(
        consultation.comments.filter(parent=None, wording__in=places).select_related(
            "wording__placement"
        )[:2000]
    )
    comments = []
    for number in range(newest + 1, newest + size + 1):
        parent = random.choice(parents) if parents and random.random() < _REPLIES else None
        comments.append(
            Comment(
                consultation=consultation,
                number=number,
                participant=random.choice(voices),
                wording=parent.wording if parent else random.choice(places),
                parent=parent,
                stance=random.choice(Stance.values),
                body=" ".join(random.choices(_WORDS, k=random.randint(8, 60))).capitalize() + ".",
                language="id",
                state=CommentState.PUBLISHED,
                seq=log.head_seq + number - newest,
                occurred_at=now,
                entered_at=now,
                token=uuid.uuid4(),
                fingerprint=uuid.uuid4().hex * 2,
            )
        )
    Comment.objects.bulk_create(comments)
    for comment in comments:
        _publish(log, comment, now)


def _publish(log, comment: Comment, now) -> None:
    entry = ledger.append(
        log,
        "comment.posted",
        actor=f"participant:{comment.participant.number}",
        subject=f"comment:{comment.number}",
        data={
            "number": comment.number,
            "wording": comment.wording_id,
            "clause": comment.wording.placement.label,
            "parent": comment.parent.number if comment.parent else None,
            "stance": comment.stance,
            "source": comment.source,
        },
        contents={"body": comment.body},
        at=now,
    )
    assert entry.seq == comment.seq


def time_page(times: str) -> None:
    """Two figures: the page made anew, without what is kept from one visitor to the next, and
    the page after one more comment, as readers get it while people write."""
    visitor = Client(headers={"host": "localhost"})
    author, place = User.objects.filter(password="!").first(), wordings()[0]
    anew = _median(visitor, int(times), _forget)
    followed = _median(visitor, int(times), lambda: _comment(author, place))
    size = len(visitor.get(PAGE).content)
    print(json.dumps({"anew": anew * 1000, "followed": followed * 1000, "bytes": size}))


def _median(visitor: Client, times: int, before: Callable[[], None]) -> float:
    taken = []
    for _ in range(times + 2):
        before()
        start = time.perf_counter()
        page = visitor.get(PAGE)
        taken.append(time.perf_counter() - start)
        assert page.status_code == 200, page
    return statistics.median(taken[2:])


def _forget() -> None:
    current.forget()
    cache.clear()


def _comment(author: User, place: Wording) -> None:
    post_comment(
        actor=author,
        consultation=Consultation.objects.select_related("log", "agency").get(slug=SLUG),
        wording=place,
        body=_TEXT,
        token=uuid.uuid4(),
        at=timezone.now(),
    )


def verify() -> None:
    call_command("verify_record")
