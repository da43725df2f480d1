"""static/js/lib in a real browser, on pages made here."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

STATIC = Path(__file__).resolve().parents[2] / "static"
SITE = "http://rembuk.test"
FORM = """
<form data-draft-key="k" method="post" action="/comments/">
  <input type="hidden" name="token" value="t-1">
  <div class="ds-field"><textarea name="body" id="id_body">%s</textarea></div>
  <label><input type="radio" name="stance" value="support"></label>
  <label><input type="radio" name="stance" value="oppose"></label>
  <input type="password" name="secret">
  <p data-draft-note hidden>kept</p>
  <button name="act" value="send">Kirim</button>
</form>
"""


@pytest.fixture
def at(page):
    """Opens a page with a body of our own, beside the real scripts; `at.body` may be changed."""

    def answer(route):
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            route.fulfill(path=STATIC / path.removeprefix("/static/"))
        else:
            route.fulfill(content_type="text/html", body=f"<!doctype html>{open_at.body}")

    def open_at(body: str = ""):
        open_at.body = body or open_at.body
        page.goto(f"{SITE}/")
        return page

    open_at.body = ""
    page.route(f"{SITE}/**", answer)
    return open_at


def run(page, module: str, script: str):
    """What `script`, a body of an async function with the module as `m`, returns."""
    return page.evaluate(
        f"async () => {{ const m = await import('/static/js/lib/{module}.js'); {script} }}"
    )


def type_and_rest(page, text: str) -> None:
    page.locator("textarea").fill(text)
    page.wait_for_function("localStorage.length > 0")


# --- dom --------------------------------------------------------------------------------------


def test_delegate_hears_what_comes_later_and_can_be_stopped(at):
    page = at("<main></main>")

    heard = run(
        page,
        "dom",
        """
        const heard = [], main = document.querySelector("main");
        const stop = m.delegate(main, "click", "[data-reply]", (_, el) => heard.push(el.id));
        main.innerHTML = '<p id="no"></p><button id="a" data-reply><b></b></button>';
        main.querySelector("b").click(); main.querySelector("p").click();
        stop(); main.querySelector("b").click();
        return heard;
        """,
    )

    assert heard == ["a"]


def test_announce_says_the_same_twice(at):
    page = at("<main></main>")

    said = run(
        page,
        "dom",
        """
        const said = [];
        new MutationObserver(() => said.push(document.querySelector("[role=status]")?.textContent))
          .observe(document.body, { childList: true, subtree: true });
        m.announce("Tersimpan"); await new Promise((r) => setTimeout(r, 200));
        m.announce("Tersimpan"); await new Promise((r) => setTimeout(r, 200));
        return said.filter(Boolean);
        """,
    )

    assert said == ["Tersimpan", "Tersimpan"]


# --- drafts -----------------------------------------------------------------------------------


def test_draft_survives_a_reload_without_the_password(at):
    page = at(FORM % "")
    run(page, "drafts", "m.keepDrafts()")
    page.locator("[name=secret]").fill("rahasia")
    page.locator("[value=oppose]").check()
    type_and_rest(page, "Saya merekam tanggal 4")
    assert page.locator("[data-draft-note]").is_visible()
    assert "rahasia" not in page.evaluate("JSON.stringify({...localStorage})")
    assert "t-1" not in page.evaluate("JSON.stringify({...localStorage})")

    page = at()
    run(page, "drafts", "m.keepDrafts()")

    assert page.locator("textarea").input_value() == "Saya merekam tanggal 4"
    assert page.locator("[value=oppose]").is_checked()
    assert page.locator("[name=secret]").input_value() == ""


def test_draft_is_kept_at_once_when_the_page_is_left(at):
    page = at(FORM % "")
    run(page, "drafts", "m.keepDrafts()")
    page.locator("textarea").fill("baru saja")

    page = at()
    run(page, "drafts", "m.keepDrafts()")

    assert page.locator("textarea").input_value() == "baru saja"


def test_draft_gives_way_to_what_the_server_filled_in(at):
    page = at(FORM % "")
    run(page, "drafts", "m.keepDrafts()")
    type_and_rest(page, "draf lama")

    page = at(FORM % "dari peladen")
    run(page, "drafts", "m.keepDrafts()")

    assert page.locator("textarea").input_value() == "dari peladen"


def test_draft_is_forgotten_when_it_was_accepted_or_emptied(at):
    page = at(FORM % "")
    run(page, "drafts", "m.keepDrafts()")
    type_and_rest(page, "x")
    run(page, "drafts", "m.clearDraft(document.forms[0])")
    assert page.evaluate("localStorage.length") == 0
    assert not page.locator("[data-draft-note]").is_visible()

    type_and_rest(page, "y")
    page.locator("textarea").fill("")
    page.wait_for_function("localStorage.length === 0")

    type_and_rest(page, "z")
    page = at('<p data-draft-done="k"></p>')
    run(page, "drafts", "m.keepDrafts()")
    assert page.evaluate("localStorage.length") == 0


# --- post -------------------------------------------------------------------------------------


def answers(page, *replies):
    """The server's answers to POST, one after the other ("abort": the line is down)."""
    seen, waiting = [], list(replies)

    def answer(route):
        seen.append(route.request.post_data)
        reply = waiting.pop(0)
        if reply == "abort":
            route.abort()
        else:
            status, data = reply
            route.fulfill(status=status, content_type="application/json", body=json.dumps(data))

    page.route(f"{SITE}/comments/", answer)
    return seen


def test_post_returns_the_answer_and_asks_for_json(at):
    page = at(FORM % "halo")
    seen = answers(page, (201, {"id": 215}))
    asked = []
    page.on("request", lambda request: asked.append(request.headers.get("accept")))

    answer = run(page, "post", "return await m.postForm(document.forms[0])")

    assert answer == {"ok": True, "status": 201, "data": {"id": 215}, "url": f"{SITE}/comments/"}
    assert asked[-1] == "application/json"
    assert 'name="body"\r\n\r\nhalo' in seen[0]


def test_post_is_repeated_with_the_same_token_when_the_line_fails(at):
    page = at(FORM % "halo")
    seen = answers(page, "abort", (503, {}), (201, {"id": 1}))

    answer = run(
        page,
        "post",
        "const tries = []; const a = await m.postForm(document.forms[0], "
        "{ onRetry: (n) => tries.push(n) }); return [a.status, tries]",
    )

    page.problems.remove(f"503 {SITE}/comments/")  # it was ours
    assert answer == [201, [1, 2]]
    assert [body.count('name="token"\r\n\r\nt-1') for body in seen] == [1, 1, 1]


def test_post_without_token_is_not_repeated(at):
    page = at((FORM % "halo").replace('name="token"', 'name="other"'))
    seen = answers(page, "abort", (201, {}))

    answer = run(page, "post", "return await m.postForm(document.forms[0])")

    assert (answer["ok"], answer["status"], len(seen)) == (False, 0, 1)


def test_post_is_not_repeated_when_it_was_refused(at):
    page = at(FORM % "halo")
    seen = answers(page, (422, {"errors": {"body": ["Kosong."], "wording": ["Tidak ada."]}}))

    rest = run(
        page,
        "post",
        "const f = document.forms[0]; const a = await m.postForm(f); "
        "return m.showErrors(f, a.data.errors)",
    )

    body = page.locator("textarea")
    assert (len(seen), rest) == (1, ["Tidak ada."])
    assert body.get_attribute("aria-invalid") == "true"
    assert page.locator(f"#{body.get_attribute('aria-describedby')}").inner_text() == "Kosong."
    assert body.evaluate("el => el === document.activeElement")

    run(page, "post", "m.clearErrors(document.forms[0])")
    assert body.get_attribute("aria-invalid") is None
    assert page.locator(".rb-error").count() == 0
