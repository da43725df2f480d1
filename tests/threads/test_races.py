"""Many at once, in threads with connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from consultations.kernel.errors import Refused
from consultations.ledger.models import Entry, Log
from consultations.ledger.verifying import verify
from consultations.proceedings.actions import close_consultation
from consultations.proceedings.models import Consultation, Participant
from consultations.threads.actions import post_comment
from consultations.threads.models import Comment
from tests import build
from tests.build import TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs) -> list:
    """Runs the jobs at the same moment; a refusal is a result."""
    barrier = Barrier(len(jobs))

    def run(job):
        try:
            barrier.wait(timeout=10)
            return job()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, job) for job in jobs]]


def posting(user, consultation, **kwargs):
    """A job with objects of its own, as every request has them."""
    defaults = {"body": "Terlalu lama.", "token": uuid4(), "at": TODAY}

    def post():
        fresh = Consultation.objects.select_related("log", "agency").get(pk=consultation.pk)
        return post_comment(actor=user, consultation=fresh, **defaults | kwargs)

    return post


def assert_record_is_whole(consultation) -> None:
    seqs = Entry.objects.filter(log=consultation.log).values_list("seq", flat=True)
    assert sorted(seqs) == list(range(1, len(seqs) + 1))
    assert list(verify(Log.objects.get(pk=consultation.log_id))) == []


@pytest.mark.parametrize("has_spoken", [True, False])
def test_the_same_token_at_once_is_one_comment(consultation, citizen, has_spoken):
    """A browser and its retry: also when it is the first thing that somebody says."""
    if has_spoken:
        build.a_comment(consultation, citizen)
    before = Comment.objects.count()
    job = posting(citizen, consultation, token=uuid4())

    results = at_once(job, job, job, job)

    assert len({result.comment.pk for result in results}) == 1
    assert sorted(result.is_repeat for result in results) == [False, True, True, True]
    assert Comment.objects.count() == before + 1
    assert Participant.objects.filter(user=citizen).count() == 1
    assert_record_is_whole(consultation)


def test_numbers_have_no_gap_and_nobody_joins_twice(consultation):
    users = [build.a_user() for _ in range(4)]
    jobs = [posting(user, consultation, body=f"{n}") for n in range(3) for user in users]

    results = at_once(*jobs)

    assert sorted(result.comment.number for result in results) == list(range(1, 13))
    assert sorted(p.number for p in Participant.objects.all()) == [1, 2, 3, 4]
    seqs = dict(Comment.objects.values_list("number", "seq"))
    assert sorted(seqs, key=seqs.get) == sorted(seqs)
    assert_record_is_whole(consultation)


def test_nothing_is_accepted_after_closing(consultation, citizen, drafter):
    """Whichever comes first: what is accepted stands in the record before the closing."""

    def close():
        fresh = Consultation.objects.select_related("log", "agency").get(pk=consultation.pk)
        close_consultation(actor=drafter, consultation=fresh, at=TODAY)

    jobs = [posting(citizen, consultation, body=f"{n}") for n in range(5)]

    at_once(*jobs, close)

    closed_at = Entry.objects.get(log=consultation.log, type="consultation.closed").seq
    assert all(comment.seq < closed_at for comment in Comment.objects.all())
    assert_record_is_whole(consultation)
