"""static/js/lib/live.js, sequence.js and state.js in a real browser, with a server made here."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

pytestmark = pytest.mark.browser

STATIC = Path(__file__).resolve().parents[2] / "static"
SITE = "http://rembuk.test"
STATE = """
<span data-live="reconnecting" role="status" data-live-state data-text-on="Langsung"
  data-text-reconnecting="Menyambung…" data-text-offline="Luring"
  data-text-behind="tertinggal {n}" hidden>Menyambung…</span>
"""
CONNECT = """async (more) => {
  const m = await import("/static/js/lib/live.js");
  window.got = []; window.states = []; window.resets = 0;
  window.line = m.connect({
    slug: "ktp-elektronik", epoch: 1, after: 3, ...more,
    onEvents: (events) => window.got.push(...events.map((event) => event.seq)),
    onState: (state, behind) => window.states.push(behind ? `${state} ${behind}` : state),
    onReset: () => { window.resets += 1; },
  });
}"""


def frame(*seqs: int, head: int = 0, **more) -> str:
    events = [{"seq": seq, "type": "note", "at": "", "data": {}, "html": ""} for seq in seqs]
    known = max([head, *seqs])
    return json.dumps({"v": 1, "room": "r", "epoch": 1, "events": events, "head": known} | more)


class FakeServer:
    """Answers for the site: sockets as `on_socket` says, events as `events` says."""

    def __init__(self, page):
        self.page = page
        self.asked: list[dict] = []  # over HTTP
        self.opened: list[dict] = []  # as sockets
        self.sockets: list = []
        self.events = lambda query: frame(head=int(query["after"]))
        self.on_socket = lambda socket, query: socket.send(frame(head=int(query["after"])))
        page.route(f"{SITE}/**", self._answer)
        page.route_web_socket("**/ws/**", self._accept)

    def open(self, **options):
        self.page.clock.install()
        self.page.goto(f"{SITE}/")
        self.page.evaluate(CONNECT, options)
        return self.page

    def _answer(self, route):
        address = urlsplit(route.request.url)
        if address.path.startswith("/static/"):
            route.fulfill(path=STATIC / address.path.removeprefix("/static/"))
        elif address.path.endswith("/events"):
            self.asked.append(query_of(address))
            answer = self.events(self.asked[-1])
            if answer is None:
                route.abort()
            else:
                route.fulfill(content_type="application/json", body=answer)
        else:
            body = f'<!doctype html><html lang="en"><title>x</title>{STATE}'
            route.fulfill(content_type="text/html; charset=utf-8", body=body)

    def _accept(self, socket):
        self.sockets.append(socket)
        self.opened.append(query_of(urlsplit(socket.url)) | {"path": urlsplit(socket.url).path})
        self.on_socket(socket, self.opened[-1])

    def wait(self, script: str):
        self.page.wait_for_function(script, polling=50)

    def let_pass(self, seconds: float):
        """Of the page's time; in steps, so that what happens over the line has its turn."""
        for _ in range(int(seconds)):
            self.page.clock.run_for(1000)
            self.page.wait_for_timeout(15)


def query_of(address) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(address.query).items()}


@pytest.fixture
def served(page):
    return FakeServer(page)


def run(page, module: str, script: str):
    return page.evaluate(
        f"async () => {{ const m = await import('/static/js/lib/{module}.js'); {script} }}"
    )


# --- sequence ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seqs", "next", "has_gap"),
    [
        ([], [], False),
        ([4, 5], [4, 5], False),
        ([5, 4, 4], [4, 5], False),
        ([2, 3], [], False),
        ([3, 4], [4], False),
        ([5], [], True),
        ([4, 6], [4], True),
    ],
)
def test_sort_out_gives_each_once_in_order_and_finds_gaps(served, seqs, next, has_gap):
    page = served.open()

    found = run(
        page,
        "sequence",
        f"const {{next, hasGap}} = m.sortOut({seqs}.map((seq) => ({{seq}})), 3);"
        "return [next.map((event) => event.seq), hasGap]",
    )

    assert found == [next, has_gap]


def test_backoff_grows_is_spread_and_has_an_end(served):
    page = served.open()

    least = run(page, "sequence", "return [1,2,3,4,9,99].map((n) => m.backoff(n, () => 0))")
    most = run(page, "sequence", "return [1,2,3,4,9,99].map((n) => m.backoff(n, () => 1))")

    assert least == [300] * 6
    assert most == [1500, 3000, 6000, 12000, 20000, 20000]


# --- live -------------------------------------------------------------------------------------


def test_connect_asks_for_what_comes_after_in_the_page_s_language(served):
    served.open()

    served.wait("states.length")

    assert served.opened == [
        {"path": "/ws/consultations/ktp-elektronik/", "after": "3", "epoch": "1", "lang": "en"}
    ]
    assert served.page.evaluate("[states, got, line.head]") == [["on"], [], 3]


def test_events_arrive_once_and_in_order(served):
    served.on_socket = lambda socket, query: [
        socket.send(frame(4, 5)), socket.send(frame(5, 6)), socket.send(frame(7))
    ]  # fmt: skip
    served.open()

    served.wait("got.length === 4")

    assert served.page.evaluate("[got, states, line.head]") == [[4, 5, 6, 7], ["on"], 7]
    assert served.asked == []


def test_a_gap_is_filled_over_http(served):
    served.on_socket = lambda socket, query: [socket.send(frame(4)), socket.send(frame(7))]
    answers = {"4": frame(5, head=7), "5": frame(6, 7)}
    served.events = lambda query: answers[query["after"]]
    served.open()

    served.wait("got.length === 4")

    assert served.page.evaluate("got") == [4, 5, 6, 7]
    assert [query["after"] for query in served.asked] == ["4", "5"]
    assert served.page.evaluate("states") == ["on", "reconnecting 3", "on"]


def test_a_lost_socket_comes_back_and_catches_up(served):
    served.open()
    served.wait("states.length")
    served.on_socket = lambda socket, query: socket.send(frame(4, 5))

    served.sockets[0].close(code=1012)
    served.let_pass(3)

    served.wait("got.length === 2")
    assert served.page.evaluate("[got, states]") == [[4, 5], ["on", "reconnecting", "on"]]
    assert [query["after"] for query in served.opened] == ["3", "3"]


def test_without_sockets_it_polls_and_goes_on_trying(served):
    served.on_socket = lambda socket, query: socket.close(code=1013)
    served.events = lambda query: frame(4) if query["after"] == "3" else frame(head=4)
    served.open()

    served.let_pass(30)

    assert served.page.evaluate("[got, states]") == [[4], ["reconnecting"]]
    assert len(served.asked) > 3
    tried = len(served.opened)
    assert tried > 3

    served.on_socket = lambda socket, query: socket.send(frame(5))
    served.let_pass(25)

    assert served.page.evaluate("[got, states]") == [[4, 5], ["reconnecting", "on"]]
    asked = len(served.asked)
    served.let_pass(15)
    assert (len(served.asked), len(served.opened)) == (asked, tried + 1)


def test_when_nothing_answers_it_is_offline_and_says_so_once(served):
    served.on_socket = lambda socket, query: socket.close(code=1013)
    served.events = lambda query: None
    served.open()

    served.let_pass(40)

    assert served.page.evaluate("states") == ["reconnecting", "offline"]
    served.page.problems.clear()  # the aborted requests were ours


def test_the_browser_says_when_it_is_offline_and_online(served):
    served.open()
    served.wait("states.length")

    served.page.evaluate("window.dispatchEvent(new Event('offline'))")
    assert served.page.evaluate("states") == ["on", "offline"]
    served.page.evaluate("window.dispatchEvent(new Event('online'))")

    served.wait("states.length === 3")
    assert served.page.evaluate("states") == ["on", "offline", "on"]


def test_a_page_that_slept_catches_up_on_waking(served):
    served.open()
    served.wait("states.length")
    served.on_socket = lambda socket, query: socket.send(frame(4))

    served.page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    served.let_pass(30)
    assert len(served.opened) == 1
    served.page.evaluate(
        "window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
    )

    served.wait("got.length")
    assert served.page.evaluate("states") == ["on", "reconnecting", "on"]


@pytest.mark.parametrize("answer", ['{"v":1,"reset":true}', frame(4, epoch=2)])
def test_reset_ends_it(served, answer):
    served.on_socket = lambda socket, query: socket.send(answer)
    served.open()

    served.wait("resets")
    served.let_pass(30)

    assert served.page.evaluate("[resets, got]") == [1, []]
    assert len(served.opened) == 1


def test_a_refusal_is_not_repeated(served):
    served.on_socket = lambda socket, query: [
        socket.send('{"v":1,"error":{"after":["x"]}}'), socket.close(code=4400)
    ]  # fmt: skip
    served.open()

    served.wait("states.length")
    served.let_pass(30)

    assert served.page.evaluate("states") == ["offline"]
    assert len(served.opened) == 1


def test_close_ends_it(served):
    served.open()
    served.wait("states.length")

    served.page.evaluate("line.close()")
    served.let_pass(30)

    assert len(served.opened) == 1
    assert served.page.evaluate("states") == ["on"]


def test_a_quiet_line_that_is_dead_is_noticed(served):
    served.open()
    served.wait("states.length")
    served.events = lambda query: frame(4)  # which the socket should have said
    served.on_socket = lambda socket, query: socket.send(frame(head=4))

    served.page.clock.fast_forward(290_000)
    served.wait("got.length")
    served.let_pass(3)

    assert served.page.evaluate("got") == [4]
    assert len(served.opened) == 2


# --- state ------------------------------------------------------------------------------------


def test_state_is_shown_in_words_and_written_only_when_it_changes(served):
    page = served.open()

    seen = run(
        page,
        "state",
        """
        const element = document.querySelector("[data-live-state]"), seen = [];
        let writes = 0;
        new MutationObserver((all) => { writes += all.length; })
          .observe(element, { childList: true, characterData: true, subtree: true });
        for (const args of [["on"], ["on"], ["reconnecting", 3], ["offline", 0], ["on", null]]) {
          m.showState(...args);
          await Promise.resolve();
          seen.push(`${element.dataset.live}: ${element.textContent} ${writes}`);
        }
        return [seen, element.hidden];
        """,
    )

    assert seen == [
        [
            "on: Langsung 1",
            "on: Langsung 1",
            "reconnecting: Menyambung… · tertinggal 3 2",
            "offline: Luring 3",
            "on: Langsung 4",
        ],
        False,
    ]
