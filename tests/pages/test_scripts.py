"""What the scripts of the consultation page do for readers and writers, in a real browser."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.support import Client, sign_in

pytestmark = pytest.mark.browser

PAGE = "/en/consultations/ktp-elektronik/"

# Selects characters of the first text of a clause, as a mouse would.
SELECT = """([clause, from, to]) => {
  const words = document.querySelector(`#c-${clause} [data-words]`);
  const text = document.createTreeWalker(words, NodeFilter.SHOW_TEXT).nextNode();
  const range = document.createRange();
  range.setStart(text, from);
  range.setEnd(text, to);
  words.scrollIntoView({ block: "center" });
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


def open_page(page, server, hash=""):
    page.goto(f"{server.url}{PAGE}{hash}")
    expect(page.locator("[data-live-state]")).to_have_attribute("data-live", "on")


def test_a_thread_stands_beside_the_draft_and_back_leads_back(demo_server, page):
    open_page(page, demo_server)
    expect(page.locator("#u-3-1")).to_be_visible()

    page.locator("[data-open='1-2']").click()
    expect(page.locator("#u-1-2")).to_be_visible()
    expect(page.locator("#u-3-1")).to_be_hidden()
    expect(page.locator("#h-1-2")).to_be_focused()
    page.locator("[data-open='2-4']").click()
    page.go_back()

    expect(page.locator("#u-1-2")).to_be_visible()
    expect(page.locator("#h-1-2")).to_be_focused()


def test_on_a_phone_the_thread_opens_under_its_clause_and_closes_again(demo_server, phone):
    open_page(phone, demo_server)
    expect(phone.locator(".rb-doc > .rb-thread:visible")).to_have_count(0)

    phone.locator("[data-open='1-2']").tap()
    expect(phone.locator("#c-1-2 + #u-1-2")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.locator("[data-open='1-2']").tap()

    expect(phone.locator("#u-1-2")).to_be_hidden()


def test_a_folded_clause_is_opened_by_its_address(demo_server, page):
    open_page(page, demo_server, "#u-7-1")

    expect(page.locator("#c-7-1")).to_be_visible()
    expect(page.locator("#u-7-1")).to_be_visible()


def test_selected_words_lead_a_visitor_to_the_page_for_writing(demo_server, page):
    open_page(page, demo_server)

    page.evaluate(SELECT, ["2-4", 5, 20])
    page.locator("[data-tool-comment]").click()

    expect(page).to_have_url(re.compile(r"/comments/new/\?wording=\d+&quote_exact=applicant"))
    chosen = page.locator("label:has(input[name=quote_at]:checked)")
    # Whole words, however few letters of them were selected.
    expect(chosen).to_have_text("applicant collects")


def test_selected_words_can_be_changed_in_place(demo_server, page):
    sign_in(page, demo_server, "warga21@contoh.test")
    open_page(page, demo_server)

    page.evaluate(SELECT, ["2-4", 4, 22])
    page.locator("[data-tool-propose]").click()
    proposed = page.locator("#u-2-4 textarea[name=proposed_text]")
    expect(proposed).to_be_focused()
    expect(proposed).to_have_value("applicant collects")
    proposed.fill("applicant or a neighbour collects")
    page.locator("#u-2-4 form button[type=submit]").click()

    mine = page.locator("#u-2-4 [data-comment]:focus")
    expect(mine).to_contain_text("“applicant collects”")
    expect(mine.locator("ins")).to_contain_text("or a neighbour")
    expect(mine.locator(".rb-mine-label")).to_be_visible()


def test_escape_puts_the_tool_away_and_keeps_the_selection(demo_server, page):
    open_page(page, demo_server)
    page.evaluate(SELECT, ["2-2", 0, 11])
    expect(page.locator("[data-tool]")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.locator("[data-tool]")).to_be_hidden()
    assert page.evaluate("getSelection().toString()")


def test_new_comments_wait_until_they_are_asked_for(demo_server, page, new_page):
    open_page(page, demo_server, "#u-4-1")
    before = page.locator("#u-4-1 [data-comment]").count()
    writer = new_page(viewport={"width": 1280, "height": 900})
    sign_in(writer, demo_server, "warga22@contoh.test")
    open_page(writer, demo_server, "#u-4-1")

    for sentence in ("Satu.", "Dua."):
        writer.locator("#u-4-1 textarea[name=body]").fill(sentence)
        writer.locator("#u-4-1 form button[type=submit]").click()
        expect(writer.locator("#u-4-1 [data-comment]", has_text=sentence)).to_have_count(1)

    pill = page.locator("[data-newpill]")
    expect(pill).to_contain_text("2")
    assert page.locator("#u-4-1 [data-comment]").count() == before
    pill.click()
    expect(page.locator("#u-4-1 [data-comment]")).to_have_count(before + 2)
    expect(page.locator("#u-4-1 [data-comment]:focus")).to_contain_text("Satu.")
    expect(pill).to_be_hidden()


def test_remarks_of_the_agencys_own_people_arrive_uncounted(demo_server, page):
    open_page(page, demo_server, "#u-5-1")
    thread = page.locator("#u-5-1")
    before = int(page.locator("[data-counts='5-1']").get_attribute("data-total"))
    wording = thread.get_attribute("data-thread")

    for email in ("moderator@contoh.test", "warga27@contoh.test"):
        fields = {"wording": wording, "body": "Dicatat.", "token": str(uuid4())}
        path = "/consultations/ktp-elektronik/comments/"
        assert Client(demo_server.url).sign_in(email).post(path, fields).status == 201

    expect(page.locator("[data-newpill]")).to_contain_text("2")
    expect(page.locator("[data-counts='5-1']")).to_have_attribute("data-total", str(before + 1))


def test_a_reply_is_one_box_under_what_it_replies_to(demo_server, page):
    sign_in(page, demo_server, "warga23@contoh.test")
    open_page(page, demo_server, "#u-3-2")
    first = page.locator("#u-3-2 [data-comments] > [data-comment]").first
    number = first.get_attribute("data-comment")

    first.locator("[data-reply]").click()
    form = page.locator(f"[data-replies='{number}'] form")
    expect(form.locator("textarea[name=body]")).to_be_focused()
    expect(form.locator("fieldset")).to_be_hidden()
    form.locator("textarea[name=body]").fill("Saya juga.")
    form.locator("button[type=submit]").click()

    reply = page.locator(f"[data-replies='{number}'] > [data-comment]", has_text="Saya juga.")
    expect(reply).to_have_count(1)
    expect(reply).to_be_focused()


def test_what_is_wrong_is_said_at_the_field(demo_server, page):
    sign_in(page, demo_server, "warga24@contoh.test")
    open_page(page, demo_server, "#u-3-2")

    page.locator("#u-3-2 form button[type=submit]").click()

    box = page.locator("#u-3-2 textarea[name=body]")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_be_focused()
    expect(page.locator("#u-3-2 .rb-error")).to_be_visible()


def test_each_place_keeps_its_own_draft(demo_server, page):
    sign_in(page, demo_server, "warga25@contoh.test")
    open_page(page, demo_server, "#u-3-2")
    page.locator("#u-3-2 textarea[name=body]").fill("Untuk tiga dua.")

    page.locator("[data-open='1-2']").click()
    expect(page.locator("#u-1-2 textarea[name=body]")).to_have_value("")
    page.locator("[data-open='3-2']").click()

    expect(page.locator("#u-3-2 textarea[name=body]")).to_have_value("Untuk tiga dua.")


def test_a_draft_of_the_page_for_writing_is_done_once_it_is_published(demo_server, page):
    sign_in(page, demo_server, "warga26@contoh.test")
    open_page(page, demo_server, "#u-3-2")
    page.goto(f"{demo_server.url}{PAGE}")
    wording = page.locator("#c-3-2").get_attribute("data-wording")
    page.goto(f"{demo_server.url}{PAGE}comments/new/?wording={wording}")
    page.locator("textarea[name=body]").fill("Lewat halaman tulis.")
    page.locator("form[data-comment-form] button[type=submit]").click()

    expect(page.locator("#u-3-2 [data-comment]", has_text="Lewat halaman tulis.")).to_be_visible()
    expect(page.locator("#u-3-2 textarea[name=body]")).to_have_value("")
