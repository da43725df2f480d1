"""A citizen's whole way by Tab, Enter, Space and arrows: where the focus is can always be seen."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import CONSULTATION
from tests.support.client import DEMO_PASSWORD

pytestmark = pytest.mark.browser

MOST_STOPS = 250
# What is wrong with where the focus is; nothing, when a ring shows it inside the window.
FOCUS = """async ([wanted]) => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const at = document.activeElement;
  const ring = (element) => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== "none";
  };
  const box = (at.closest("label") ?? at).getBoundingClientRect();
  const faults = [];
  if (!at.matches(":focus-visible")) faults.push("not :focus-visible");
  if (!ring(at) && !(at.closest("label") && ring(at.closest("label")))) faults.push("no ring");
  if (!box.width || !box.height) faults.push("no size");
  if (box.bottom <= 0 || box.top >= innerHeight) faults.push("outside of the window");
  const name = `${at.tagName} ${at.id} ${at.name ?? ""} ${at.textContent.trim().slice(0, 30)}`;
  return { isThere: at.matches(wanted), isBody: at === document.body, faults, name };
}"""


class Keys:
    """The keyboard of somebody who has nothing else."""

    def __init__(self, page):
        self.page = page
        self.press, self.type = page.keyboard.press, page.keyboard.type

    def to(self, wanted: str) -> None:
        """On to the next stop that matches; the focus is seen at each stop on the way."""
        for _stop in range(MOST_STOPS):
            self.press("Tab")
            found = self.page.evaluate(FOCUS, [wanted])
            if found["isBody"]:  # from the end of the page round to its beginning
                continue
            assert not found["faults"], f"{found['name']}: {found['faults']}"
            if found["isThere"]:
                return
        raise AssertionError(f"Tab never comes to {wanted}")

    def follow(self, wanted: str) -> None:
        self.to(wanted)
        with self.page.expect_navigation():
            self.press("Enter")


def sign_in(keys: Keys, email: str) -> None:
    keys.to("input[name=login]")
    keys.type(email)
    keys.to("input[name=password]")
    keys.type(DEMO_PASSWORD)
    with keys.page.expect_navigation():
        keys.press("Enter")


def write(keys: Keys, sentence: str) -> None:
    """Stance, the words that it is about, and the comment."""
    keys.to("input[name=stance]")
    keys.press("ArrowDown")
    keys.to("[data-choose-passage] summary")
    keys.press("Enter")
    expect(keys.page.locator("[data-choose-passage][open]")).to_be_visible()
    keys.to("input[name=quote_at]")
    keys.press("ArrowDown")
    keys.to("textarea[name=body]")
    keys.type(sentence)


def answer(server, number: str) -> None:
    """The officer's part, which is no part of this walk."""
    officer = server.client("penjawab@contoh.test")
    fields = {"comments": number, "disposition": "covered", "reason": "Kami catat."}
    path = f"{CONSULTATION}desk/outcome/"
    assert officer.post(path, fields, as_json=False).status == 302


def test_a_citizens_whole_way_by_keyboard(demo_server, page, sentence):
    keys = Keys(page)
    page.goto(demo_server.url)

    keys.follow(f"main a[href='{CONSULTATION}']")
    keys.to("[data-open='1-2']")
    keys.press("Enter")
    expect(page.locator("#h-1-2")).to_be_focused()
    keys.follow("#u-1-2 [data-write]")
    write(keys, sentence)
    keys.follow("form[data-comment-form] button[type=submit]")
    sign_in(keys, "warga31@contoh.test")
    expect(page.locator("textarea[name=body]")).to_have_value(sentence)
    keys.follow("form[data-comment-form] button[type=submit]")

    mine = page.locator("#u-1-2 [data-comment]", has_text=sentence)
    expect(mine.locator("blockquote")).to_be_visible()
    expect(mine.locator("[data-stance]")).to_be_visible()
    number = mine.get_attribute("data-comment")

    keys.to(f"#m-{number} [data-reply]")
    keys.press("Enter")
    expect(page.locator(f"[data-replies='{number}'] textarea[name=body]")).to_be_focused()
    keys.type("Saya tambahkan satu hal.")
    keys.to(f"[data-replies='{number}'] button[type=submit]")
    keys.press("Enter")
    expect(page.locator(f"[data-replies='{number}'] [data-comment]")).to_be_focused()

    answer(demo_server, number)
    expect(page.locator(f"#m-{number} [data-answer]")).to_be_visible()
    keys.follow("header a[href='/me/']")
    expect(page).to_have_url(re.compile("/me/$"))
    expect(page.locator("main")).to_contain_text(sentence)
    expect(page.locator("main")).to_contain_text("Kami catat.")
