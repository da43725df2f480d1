"""What is kept as rendered, and for how long; frames; the events of a room over GET."""

import json
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils.translation import get_language

from consultations.kernel.errors import Denied, Missing
from consultations.ledger import actions as ledger
from consultations.ledger.models import Entry, Log
from consultations.ledger.queries import data_of
from consultations.live.events import Event, envelope, in_frames, make_events
from consultations.live.reading import Fragments
from consultations.live.registries import renderers, touches
from consultations.live.rooms import resolvers

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def event(seq: int, subject="note:1", size=10) -> Event:
    return Event(seq, subject, json.dumps({"seq": seq, "html": "x" * size}))


def entry(type: str, subject: str) -> Entry:
    return Entry(type=type, subject=subject)


@pytest.fixture
def registered(monkeypatch):
    """Notes are rendered; a note touches itself."""

    def render(entries, language):
        if any(data_of(one).get("text") == "broken" for one in entries):
            raise ValueError("a mistake in a template")
        return {one.seq: f"{language} {get_language()} {data_of(one)['text']}" for one in entries}

    monkeypatch.setattr(renderers, "_entries", {"note": render})
    monkeypatch.setattr(touches, "_entries", {"note": lambda one: [one.subject]})


# --- kept ---------------------------------------------------------------------------------------


def test_fragments_are_found_when_all_are_kept():
    fragments = Fragments()
    fragments.keep("id", [event(1), event(2), event(3)])

    assert [one.seq for one in fragments.find("id", 0, 3)] == [1, 2, 3]
    assert fragments.find("id", 1, 2) == [event(2)]
    assert fragments.find("id", 2, 4) is None
    assert fragments.find("en", 0, 1) is None
    assert fragments.find("id", 3, 3) == []


def test_an_entry_makes_stale_what_it_touches_and_nothing_else(registered):
    fragments = Fragments()
    fragments.keep("id", [event(1, "note:1"), event(2, "note:2")])
    fragments.keep("en", [event(1, "note:1")])

    fragments.touch([entry("note", "note:1")])

    assert fragments.find("id", 0, 1) is None
    assert fragments.find("en", 0, 1) is None
    assert fragments.find("id", 1, 2) == [event(2, "note:2")]


def test_an_entry_of_a_type_that_says_nothing_makes_all_stale(registered):
    fragments = Fragments()
    fragments.keep("id", [event(1, "note:1"), event(2, "note:2")])

    fragments.touch([entry("unknown", "note:1")])

    assert fragments.find("id", 1, 2) is None


def test_what_is_kept_is_bounded():
    fragments = Fragments()
    fragments.keep("id", [event(seq) for seq in range(1, 3000)])

    assert len(fragments._events) == 1000
    assert fragments.find("id", 2500, 2999) is not None


# --- frames -------------------------------------------------------------------------------------


def test_frames_hold_all_events_in_order_and_are_bounded():
    events = [event(seq, size=3000) for seq in range(1, 200)]

    parts = list(in_frames(events, 32 * 1024))

    assert [one.seq for part in parts for one in part] == list(range(1, 200))
    sizes = [len(envelope("room", 1, 200, part).encode()) for part in parts]
    assert max(sizes) <= 32 * 1024
    assert min(sizes[:-1]) > 25 * 1024


def test_an_event_that_is_larger_than_a_frame_is_not_cut():
    parts = list(in_frames([event(1), event(2, size=50_000), event(3)], 32 * 1024))

    assert [[one.seq for one in part] for part in parts] == [[1], [2], [3]]


def test_no_events_are_no_frame():
    assert list(in_frames([])) == []


# --- made ---------------------------------------------------------------------------------------


@pytest.fixture
def log(db) -> Log:
    return ledger.open_log(kind="wall", key="one", at=AT)


def write(log: Log, *texts: str, type="note") -> None:
    with transaction.atomic():
        ledger.lock(log)
        for text in texts:
            subject = f"note:{log.head_seq + 1}"
            contents = {"text": text}
            ledger.append(
                log,
                type,
                actor="participant:1",
                subject=subject,
                data={"text": text},
                contents=contents,
                at=AT,
            )


def entries(log: Log) -> list[Entry]:
    return list(Entry.objects.filter(log=log).order_by("seq"))


def test_an_event_says_what_the_contract_says_and_keeps_digests_back(log, registered):
    write(log, "satu")

    [made] = make_events(entries(log), "en")

    assert json.loads(made.text) == {
        "seq": 1,
        "type": "note",
        "at": "2026-11-24T03:00:00.000000Z",
        "data": {"text": "satu"},
        "html": "en en satu",
    }


def test_a_type_without_a_renderer_has_no_html(log, registered):
    write(log, "satu", type="log.restored")

    [made] = make_events(entries(log), "id")

    assert json.loads(made.text)["html"] == ""


def test_a_mistake_in_one_type_does_not_stop_the_room(log, registered, monkeypatch, caplog):
    monkeypatch.setitem(renderers._entries, "other", lambda found, language: {2: "baik"})
    write(log, "broken")
    write(log, "x", type="other")

    made = make_events(entries(log), "id")

    assert [json.loads(one.text)["html"] for one in made] == ["", "baik"]
    assert "note could not be rendered" in caplog.text


# --- over GET -----------------------------------------------------------------------------------


@pytest.fixture
def room(log, registered, monkeypatch):
    def resolve(slug, user):
        if slug == "members":
            raise Denied("Only for members.")
        if slug != "one":
            raise Missing("There is no such wall.")
        return Log.objects.get(pk=log.pk)

    monkeypatch.setattr(resolvers, "_entries", {"consultation": resolve})
    return log


def ask(client, query: str, slug="one"):
    return client.get(f"/consultations/{slug}/events{query}")


def test_get_events_answers_what_happened_after(room, client):
    write(room, "satu", "dua", "tiga")

    answer = ask(client, "?after=1&epoch=1&limit=1&lang=en").json()

    assert {name: answer[name] for name in ("v", "room", "epoch", "head")} == {
        "v": 1,
        "room": "wall:one",
        "epoch": 1,
        "head": 3,
    }
    assert [(one["seq"], one["html"]) for one in answer["events"]] == [(2, "en en dua")]


def test_get_events_speaks_the_language_of_its_address(room, client):
    write(room, "satu")

    assert ask(client, "").json()["events"][0]["html"] == "id id satu"
    answer = client.get("/en/consultations/one/events")
    assert answer.json()["events"][0]["html"] == "en en satu"


def test_get_events_is_not_kept_by_anybody_and_sets_no_cookie(room, client):
    answer = ask(client, "?after=0")

    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("?after=x", ["after"]),
        ("?after=-1", ["after"]),
        ("?after=1", ["after"]),
        ("?epoch=x", ["epoch"]),
        ("?epoch=0", ["epoch"]),
        ("?limit=0", ["limit"]),
        ("?limit=501", ["limit"]),
        ("?limit=x", ["limit"]),
        ("?lang=fr", ["lang"]),
        ("?after=x&lang=fr", ["after", "lang"]),
    ],
)
def test_get_events_refuses_by_field(room, client, query, fields):
    answer = ask(client, query)

    assert 400 <= answer.status_code < 500
    assert sorted(answer.json()["errors"]) == fields
    assert all(sentences[0] for sentences in answer.json()["errors"].values())


def test_get_events_of_another_epoch_or_far_behind_says_reset(room, client):
    write(room, *["x"] * 501)

    assert ask(client, "?after=0").json() == {"reset": True}
    assert ask(client, "?after=1").json() != {"reset": True}
    assert ask(client, "?after=501&epoch=2").json() == {"reset": True}
    assert ask(client, "?after=502&epoch=2").json() == {"reset": True}


def test_get_events_is_bounded_in_size(room, client):
    write(room, *["x" * 5000] * 200)

    answer = ask(client, "?after=0")

    assert len(answer.content) <= 256 * 1024
    seqs = [one["seq"] for one in answer.json()["events"]]
    assert seqs == list(range(1, len(seqs) + 1))
    assert answer.json()["head"] == 200


@pytest.mark.parametrize(("slug", "status"), [("none", 404), ("members", 403)])
def test_get_events_of_rooms_that_are_closed(room, client, slug, status):
    answer = ask(client, "", slug=slug)

    assert answer.status_code == status
    assert answer.json()["errors"]["__all__"]


def test_get_events_costs_the_same_for_one_and_for_many(room, client, django_assert_num_queries):
    write(room, "satu")
    with django_assert_num_queries(2):
        ask(client, "?after=0")
    write(room, *["x"] * 100)
    with django_assert_num_queries(2):
        ask(client, "?after=0")
