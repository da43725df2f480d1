"""Telling people once, and sending it on once, whatever breaks between."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import gettext
from django_tasks_db.models import DBTaskResult

from consultations.notices import queries
from consultations.notices.actions import mark_read, notify
from consultations.notices.delivery import WAITS, deliver_notices
from consultations.notices.enums import DeliveryState
from consultations.notices.kinds import Kind, kinds
from consultations.notices.models import Delivery, Notice
from consultations.people import actions as people
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def answered(monkeypatch):
    """A kind of notice; "Sign out" is a text that every catalogue has."""
    kind = Kind(
        title=lambda notice: f"{gettext('Sign out')} {notice.data['comment']}",
        text=lambda notice: "…",
        url=lambda notice: f"/consultations/ktp/comments/{notice.data['comment']}/",
    )
    monkeypatch.setitem(kinds._entries, "answered", kind)
    return kind


def tell(*users, key="outcome:1", **data):
    return notify(
        users=[user.pk for user in users],
        kind="answered",
        key=key,
        data={"comment": 7} | data,
        at=build.TODAY,
    )


def tasks(**conditions) -> list:
    return list(DBTaskResult.objects.filter(**conditions).order_by("enqueued_at"))


def run(task) -> int:
    return task.task.call(*task.args_kwargs["args"])


def run_all() -> None:
    for task in tasks():
        run(task)


def states() -> dict:
    return dict(Delivery.objects.values_list("notice__user__public_name", "state"))


# --- telling ----------------------------------------------------------------------------------


def test_everybody_is_told_once_for_the_same_cause():
    sari, budi = build.a_user("Sari"), build.a_user("Budi")

    assert tell(sari) == 1
    assert tell(sari, budi, budi) == 1
    assert tell(sari, budi) == 0
    assert tell(sari, key="outcome:2") == 1

    assert set(Notice.objects.values_list("user__public_name", "key", "created_at")) == {
        ("Sari", "outcome:1", build.TODAY),
        ("Budi", "outcome:1", build.TODAY),
        ("Sari", "outcome:2", build.TODAY),
    }
    assert len(tasks()) == 3


def test_one_task_a_batch(monkeypatch):
    monkeypatch.setattr("consultations.notices.actions.BATCH", 2)
    users = [build.a_user() for _ in range(5)]

    tell(*users)

    assert [len(task.args_kwargs["args"][0]) for task in tasks()] == [2, 2, 1]
    told = {pk for task in tasks() for pk in task.args_kwargs["args"][0]}
    assert told == set(Delivery.objects.values_list("pk", flat=True))


def test_somebody_told_meanwhile_by_another_is_left_out(monkeypatch):
    """Two processes tell at the same moment: the later one finds the row only when it writes."""
    sari, budi = build.a_user("Sari"), build.a_user("Budi")
    tell(sari)
    write = Notice.objects.bulk_create

    def write_blindly(notices):
        again = Notice(user=sari, kind="answered", key="outcome:1", created_at=build.TODAY)
        return write([*notices, again])

    with monkeypatch.context() as patched:
        calls = iter([write_blindly, write])
        patched.setattr(Notice.objects, "bulk_create", lambda notices: next(calls)(notices))
        assert tell(sari, budi) == 1

    assert Notice.objects.filter(user=sari).count() == 1
    assert len(tasks()) == 2


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_told():
    user = build.a_user()

    with pytest.raises(RuntimeError), transaction.atomic():
        tell(user)
        raise RuntimeError("the action failed")

    assert (Notice.objects.count(), Delivery.objects.count(), len(tasks())) == (0, 0, 0)


def test_number_of_queries_does_not_depend_on_the_number_of_people(django_assert_num_queries):
    few = [build.a_user() for _ in range(2)]
    many = [build.a_user() for _ in range(30)]
    with CaptureQueriesContext(connection) as counted:
        tell(*few)

    with django_assert_num_queries(len(counted)):
        tell(*many, key="outcome:2")


def test_who_cannot_be_reached_finds_it_in_the_inbox_alone():
    unreached, reached = build.a_user(verified=False), build.a_user()
    lost = build.a_user()
    people.lose_contact(actor=lost, contact=lost.contacts.get(), at=build.TODAY)

    tell(unreached, reached, lost)

    assert Notice.objects.count() == 3
    assert list(Delivery.objects.values_list("notice__user", flat=True)) == [reached.pk]


def test_suspended_people_are_told_nothing():
    user = build.a_user()
    people.suspend(actor=None, user=user, at=build.TODAY)

    assert tell(user) == 0
    assert not Notice.objects.exists()


@pytest.mark.parametrize("text", ["a whole sentence", "Sari said", {"body": 1}, 1.5])
def test_texts_have_no_place_in_a_notice(text):
    with pytest.raises(ValueError):
        tell(build.a_user(), clause=text)


def test_unknown_kind_is_a_programmers_mistake():
    with pytest.raises(LookupError):
        notify(users=[], kind="nonsense", key="1", data={}, at=build.TODAY)


# --- sending ----------------------------------------------------------------------------------


def test_message_speaks_the_persons_language_and_leads_to_the_site(settings):
    settings.SITE_URL = "https://forum.example"
    tell(build.a_user(email="john@contoh.test", language="en"))

    run_all()

    (message,) = mail.outbox
    assert (message.to, message.subject) == (["john@contoh.test"], "Sign out 7")
    assert "https://forum.example/consultations/ktp/comments/7/" in message.body
    assert message.extra_headers["Message-ID"] == (
        f"<notice-{Delivery.objects.get().pk}@forum.example>"
    )
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (DeliveryState.SENT, 1)
    assert delivery.sent_at is not None


def test_task_run_again_sends_nothing_again():
    tell(build.a_user(), build.a_user())
    (task,) = tasks()

    assert (run(task), run(task)) == (2, 0)
    assert len(mail.outbox) == 2


def test_worker_killed_between_two_notices_sends_the_rest_when_it_comes_back(monkeypatch):
    users = [build.a_user(name) for name in ("Sari", "Budi", "Tuti")]
    tell(*users)
    (task,) = tasks()
    send, sent = locmem.EmailBackend.send_messages, []

    class Killed(BaseException):
        """Like SIGKILL: nothing catches it."""

    def die_at_the_second(self, messages):
        if len(sent) == 1:
            raise Killed
        sent.append(messages)
        return send(self, messages)

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(locmem.EmailBackend, "send_messages", die_at_the_second)
        run(task)
    assert states() == {"Sari": "sent", "Budi": "pending", "Tuti": "pending"}
    run(task)

    assert states() == {"Sari": "sent", "Budi": "sent", "Tuti": "sent"}
    assert len(mail.outbox) == 3
    assert len({message.to[0] for message in mail.outbox}) == 3


class Trouble:
    """A mail server that does as `answers` say, by name of the receiver."""

    def __init__(self, monkeypatch):
        self.answers = {}
        send = locmem.EmailBackend.send_messages

        def send_messages(backend, messages):
            (address,) = messages[0].to
            if error := self.answers.get(address.split("@")[0]):
                raise error
            return send(backend, messages)

        monkeypatch.setattr(locmem.EmailBackend, "send_messages", send_messages)


@pytest.fixture
def trouble(monkeypatch):
    return Trouble(monkeypatch)


def three():
    return [build.a_user(name, email=f"{name}@contoh.test") for name in ("sari", "budi", "tuti")]


def test_refused_receiver_is_given_up_and_the_others_are_served(trouble):
    tell(*three())
    trouble.answers["budi"] = smtplib.SMTPRecipientsRefused({"budi": (550, b"unknown")})

    run_all()

    assert states() == {"sari": "sent", "budi": "failed", "tuti": "sent"}
    assert len(tasks()) == 1


def test_busy_mailbox_is_tried_again_later(trouble):
    tell(*three())
    trouble.answers["budi"] = smtplib.SMTPRecipientsRefused({"budi": (450, b"busy")})

    run(tasks()[0])
    _first, again = tasks()
    del trouble.answers["budi"]
    run(again)

    assert timedelta(0) < again.run_after - timezone.now() <= WAITS[0]
    assert [len(task.args_kwargs["args"][0]) for task in tasks()] == [3, 1]
    assert states() == {"sari": "sent", "budi": "sent", "tuti": "sent"}
    assert len(mail.outbox) == 3


def test_lost_connection_stops_the_batch_which_is_tried_again(trouble):
    tell(*three())
    trouble.answers["budi"] = smtplib.SMTPServerDisconnected("gone")

    run(tasks()[0])
    assert states() == {"sari": "sent", "budi": "pending", "tuti": "pending"}
    del trouble.answers["budi"]
    run(tasks()[1])

    assert states() == {"sari": "sent", "budi": "sent", "tuti": "sent"}


def test_unreachable_server_is_given_up_at_last(monkeypatch):
    tell(build.a_user("sari"))

    def refuse(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(locmem.EmailBackend, "open", refuse)
    for attempt in range(len(WAITS) + 1):
        assert len(tasks()) == attempt + 1
        run(tasks()[-1])

    assert states() == {"sari": "failed"}
    assert len(tasks()) == len(WAITS) + 1


def test_notice_that_cannot_be_worded_keeps_nobody_waiting(monkeypatch):
    tell(build.a_user("sari"))
    monkeypatch.setitem(
        kinds._entries,
        "broken",
        Kind(title=lambda notice: notice.data["nothing"], text=str, url=str),
    )
    notify(users=[build.a_user("budi").pk], kind="broken", key="1", data={}, at=build.TODAY)

    deliver_notices.call(list(Delivery.objects.order_by("-pk").values_list("pk", flat=True)))

    assert states() == {"sari": "sent", "budi": "failed"}


def test_who_lost_the_address_meanwhile_gets_nothing():
    user = build.a_user("sari")
    tell(user)
    people.lose_contact(actor=user, contact=user.contacts.get(), at=build.TODAY)

    run_all()

    assert states() == {"sari": "failed"}
    assert mail.outbox == []


def test_title_is_one_line_of_the_subject(monkeypatch):
    kind = Kind(title=lambda notice: "one\ntwo", text=str, url=lambda notice: "/")
    monkeypatch.setitem(kinds._entries, "answered", kind)
    tell(build.a_user())

    run_all()

    assert mail.outbox[0].subject == "one two"


# --- reading ----------------------------------------------------------------------------------


def test_reading_concerns_ones_own_notices_alone():
    sari, budi = build.a_user(), build.a_user()
    tell(sari, budi)
    of_budi = Notice.objects.get(user=budi)

    assert mark_read(actor=sari, notice_ids=[of_budi.pk], at=build.TODAY) == 0
    assert mark_read(actor=sari, at=build.TODAY) == 1
    assert mark_read(actor=sari, at=timezone.now()) == 0

    of_budi.refresh_from_db()
    assert of_budi.read_at is None
    assert Notice.objects.get(user=sari).read_at == build.TODAY


def test_inbox_is_one_query_newest_first(django_assert_num_queries):
    sari, budi = build.a_user(), build.a_user()
    for number in range(5):
        tell(sari, budi, key=f"outcome:{number}", comment=number)
    Notice.objects.filter(user=sari, key="outcome:4").update(read_at=build.TODAY)

    with django_assert_num_queries(1):
        first = queries.inbox(sari, size=3)
    rest = queries.inbox(sari, after=first.next_after, size=3)

    assert [line.url.split("/")[-2] for line in first.rows + rest.rows] == list("43210")
    assert [line.is_read for line in first.rows] == [True, False, False]
    assert rest.next_after is None
    with django_assert_num_queries(1):
        assert queries.unread_count(sari) == 4
    assert queries.unread_count(budi) == 5


def test_notice_whose_package_is_gone_is_neither_shown_nor_counted(monkeypatch):
    sari = build.a_user()
    tell(sari)

    monkeypatch.delitem(kinds._entries, "answered")

    assert queries.inbox(sari).rows == []
    assert queries.unread_count(sari) == 0
