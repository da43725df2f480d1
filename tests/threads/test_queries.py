import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.kernel.errors import Missing
from consultations.proceedings.models import Participant
from consultations.threads.enums import CommentState
from consultations.threads.models import Comment
from consultations.threads.queries import (
    Counts,
    comments_by_number,
    counts_by_wording,
    get_comment,
    thread_of,
    thread_page,
    threads_of_wordings,
)
from consultations.threads.queries.threads import every
from tests import build
from tests.build import TODAY


@pytest.fixture
def voice(consultation, citizen):
    return Participant.objects.create(
        consultation=consultation, number=1, user=citizen, public_name="Siti", joined_at=TODAY
    )


@pytest.fixture
def say(consultation, voice):
    """Many rows at once, past the action: reading does not ask how they came to be."""

    def written(count, **kwargs):
        last = Comment.objects.filter(consultation=consultation).count()
        defaults = {
            "consultation": consultation,
            "participant": voice,
            "body": "Masukan.",
            "language": "id",
            "state": CommentState.PUBLISHED,
            "occurred_at": TODAY,
            "entered_at": TODAY,
        }
        rows = [
            Comment(number=last + n, token=uuid4(), seq=last + n, **defaults | kwargs)
            for n in range(1, count + 1)
        ]
        return Comment.objects.bulk_create(rows)

    return written


def numbers(threads) -> list[int]:
    return [thread.comment.number for thread in threads]


def outline(thread) -> dict:
    return {reply.comment.number: outline(reply) for reply in thread.replies}


class TestNewestThreads:
    def test_of_each_wording_the_newest_first(self, consultation, wording, say):
        other = build.a_wording(build.draft_of(consultation), "3.1")
        silent = build.a_wording(build.draft_of(consultation), "1.1")
        say(5, wording=wording)
        say(2, wording=other)

        found = threads_of_wordings([wording.pk, other.pk, silent.pk])

        assert {pk: numbers(threads) for pk, threads in found.items()} == {
            wording.pk: [5, 4, 3],
            other.pk: [7, 6],
        }

    def test_replies_come_with_their_root_in_the_order_of_time(self, wording, say):
        (root,) = say(1, wording=wording)
        first, _second = say(2, wording=wording, parent=root)
        say(2, wording=wording, parent=first)

        (thread,) = threads_of_wordings([wording.pk])[wording.pk]

        assert (thread.comment.number, outline(thread)) == (1, {2: {4: {}, 5: {}}, 3: {}})
        assert numbers(every([thread])) == [1, 2, 4, 5, 3]

    def test_what_takes_no_place_is_left_out(self, wording, say):
        for state in CommentState:
            say(1, wording=wording, state=state)

        found = threads_of_wordings([wording.pk], per_wording=9)[wording.pk]

        states = {thread.comment.state for thread in found}
        assert states == set(CommentState.STANDING)

    def test_many_replies_are_cut_and_the_reader_is_told(self, wording, say):
        (long, short) = say(2, wording=wording)
        say(7, wording=wording, parent=long)
        say(2, wording=wording, parent=short)

        short, long = threads_of_wordings([wording.pk], replies=4)[wording.pk]

        assert (len(long.replies), long.has_more) == (4, True)
        assert (len(short.replies), short.has_more) == (2, False)

    def test_the_statements_do_not_depend_on_the_number_of_comments(self, consultation, say):
        wordings = [
            build.a_wording(build.draft_of(consultation), label) for label in ("1.1", "2.1", "3.1")
        ]
        ids = [wording.pk for wording in wordings]

        def count() -> int:
            with CaptureQueriesContext(connection) as captured:
                threads = every(
                    thread for found in threads_of_wordings(ids).values() for thread in found
                )
                for thread in threads:  # all that the partial reads
                    comment = thread.comment
                    str(comment.participant), comment.get_absolute_url()
                    assert comment.consultation.time_zone
                    assert comment.wording.placement.label, comment.wording.body
                    assert hasattr(comment, "anchor") in (True, False)
                    assert comment.parent is None or comment.parent.number
            return len(captured)

        for wording in wordings:
            roots = say(1, wording=wording)
            replies = say(1, wording=wording, parent=roots[0])
            say(1, wording=wording, parent=replies[0])
        few = count()
        for wording in wordings:
            for root in say(12, wording=wording):
                say(3, wording=wording, parent=root)
        assert count() == few == 6


class TestPages:
    def test_pages_neither_skip_nor_repeat_when_comments_arrive_meanwhile(
        self, consultation, wording, say
    ):
        say(7, wording=wording)
        seen, after = [], None
        while True:
            page = thread_page(consultation, [wording.pk], after=after, size=3)
            seen += numbers(page.rows)
            if page.next_after is None:
                break
            after = page.next_after
            say(2, wording=wording)

        assert seen == [7, 6, 5, 4, 3, 2, 1]

    def test_without_words_those_on_the_whole(self, consultation, wording, say):
        say(2, wording=wording)
        say(2)

        assert numbers(thread_page(consultation).rows) == [4, 3]

    def test_replies_are_no_threads_of_their_own(self, consultation, wording, say):
        (root,) = say(1, wording=wording)
        say(3, wording=wording, parent=root)

        page = thread_page(consultation, [wording.pk])

        assert (numbers(page.rows), page.next_after) == ([1], None)


class TestOne:
    def test_a_hidden_comment_has_its_place(self, consultation, wording, say):
        say(1, wording=wording, state=CommentState.HIDDEN)

        assert get_comment(consultation, 1).state == CommentState.HIDDEN

    @pytest.mark.parametrize("state", sorted(set(CommentState) - CommentState.STANDING))
    def test_one_that_is_not_published_does_not_exist(self, consultation, wording, say, state):
        say(1, wording=wording, state=state)

        with pytest.raises(Missing):
            get_comment(consultation, 1)

    def test_one_of_another_consultation_does_not_exist(self, consultation, say):
        say(1)

        with pytest.raises(Missing):
            get_comment(build.a_consultation(), 1)

    def test_the_thread_of_a_deep_reply_begins_at_its_root(self, consultation, wording, say):
        (root,) = say(1, wording=wording)
        (reply,) = say(1, wording=wording, parent=root)
        say(1, wording=wording, parent=reply)

        thread = thread_of(get_comment(consultation, 3))

        assert (thread.comment.number, outline(thread)) == (1, {2: {3: {}}})

    def test_a_late_reply_is_in_its_thread_however_long_that_is(
        self, consultation, wording, say, monkeypatch
    ):
        monkeypatch.setattr("consultations.threads.queries.threads.REPLIES_OF_ONE", 3)
        (root,) = say(1, wording=wording)
        say(9, wording=wording, parent=root)

        thread = thread_of(get_comment(consultation, 10))

        assert list(outline(thread)) == [2, 3, 4, 10]
        assert thread.has_more

    def test_several_by_number(self, consultation, wording, say, django_assert_num_queries):
        say(3, wording=wording)
        say(1, wording=wording, state=CommentState.WAITING)

        with django_assert_num_queries(1):
            found = comments_by_number(consultation, {1, 3, 4, 99})
            assert {n: str(comment.participant) for n, comment in found.items()} == {
                1: "Siti",
                3: "Siti",
            }


class TestCounts:
    def test_by_wording_with_stances_and_what_waits(self, consultation, wording, say):
        say(3, wording=wording, stance="oppose")
        say(2, wording=wording, stance="support", answered_at=TODAY)
        say(1, wording=wording, state=CommentState.HIDDEN)
        say(1, wording=wording, state=CommentState.WITHDRAWN)
        say(1, wording=wording, state=CommentState.WAITING)
        say(1)

        assert counts_by_wording(consultation) == {
            wording.pk: Counts(7, 4, {"oppose": 3, "support": 2, "neutral": 2}),
            None: Counts(1, 1, {"neutral": 1}),
        }

    def test_of_one_revision(self, consultation, wording, say, next_round):
        say(2, wording=wording)
        new = build.a_wording(next_round().revision)
        say(1, wording=new)

        revision = new.placement.revision
        assert counts_by_wording(consultation, revision) == {new.pk: Counts(1, 1, {"neutral": 1})}


class TestPlans:
    """What makes reading cheap at 100,000 comments: places in an index, no sorting."""

    NEWEST = {
        "sqlite": r"SEARCH U0 USING COVERING INDEX comment_by_wording",
        "postgresql": r"Index (Only )?Scan Backward using comment_by_wording",
    }
    COUNTS = {"sqlite": "USING COVERING INDEX comment_counts", "postgresql": "Aggregate"}

    @pytest.fixture
    def many(self, consultation, wording, say):
        """Enough for PostgreSQL to think of an index at all."""
        other = build.a_wording(build.draft_of(consultation), "3.1")
        for _ in range(3):
            say(500, wording=wording)
            say(500, wording=other)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def plan(self, run) -> str:
        with CaptureQueriesContext(connection) as captured:
            run()
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        with connection.cursor() as cursor:
            cursor.execute(f"{explain} {captured[0]['sql']}")
            return "\n".join(str(row[-1]) for row in cursor.fetchall())

    def test_the_newest_threads(self, wording, many):
        plan = self.plan(lambda: threads_of_wordings([wording.pk]))

        assert len(re.findall(self.NEWEST[connection.vendor], plan)) == 3
        assert not re.search("TEMP B-TREE|Sort", plan)

    def test_counts(self, consultation, many):
        plan = self.plan(lambda: counts_by_wording(consultation))

        assert re.search(self.COUNTS[connection.vendor], plan)
