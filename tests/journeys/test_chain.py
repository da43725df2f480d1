"""The chain, as its people walk it: a phone of 360 px, two at once, from sentence to answer."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import CONSULTATION
from tests.support import sign_in

pytestmark = pytest.mark.browser


def open_form(page, server):
    """The form below the thread of clause 3.1; the script puts it into the chosen thread."""
    page.goto(f"{server.url}{CONSULTATION}#u-3-1")
    form = page.locator("#u-3-1 form[data-comment-form]")
    way_in = page.locator("#u-3-1 form[data-comment-form], #u-3-1 [data-write]:not([hidden])")
    expect(way_in.first).to_be_visible()
    if not form.is_visible():
        page.locator("#u-3-1 [data-write]").click()
    return form


def write_comment(page, server, sentence):
    """Write and send without leaving the place."""
    form = open_form(page, server)
    form.locator("textarea[name=body]").fill(sentence)
    form.locator("button[type=submit]:not([data-retry])").click()
    expect(page.locator("#u-3-1 [data-comment]", has_text=sentence)).to_be_visible()


def test_a_comment_reaches_others_at_once_and_comes_back_with_its_answer(
    demo_server, phone, new_page, sentence
):
    reader = new_page(viewport={"width": 1280, "height": 900})
    reader.goto(f"{demo_server.url}{CONSULTATION}")
    expect(reader.locator("[data-live-state]")).to_have_attribute("data-live", "on")
    sign_in(phone, demo_server, "warga7@contoh.test")

    write_comment(phone, demo_server, sentence)

    # The reader is not disturbed: the comment waits behind the pill.
    pill = reader.locator("[data-newpill]")
    expect(pill).to_be_visible()
    pill.click()
    shown = reader.locator("[data-comment]", has_text=sentence)
    expect(shown).to_be_visible()
    number = shown.get_attribute("data-comment")

    # The answering officer takes it from the desk.
    officer = new_page(viewport={"width": 1280, "height": 900})
    sign_in(officer, demo_server, "penjawab@contoh.test")
    officer.goto(f"{demo_server.url}{CONSULTATION}desk/?select={number}")
    form = officer.locator("form[data-outcome-form]")
    form.locator("input[name=disposition][value=partly]").check()
    form.locator("textarea[name=reason]").fill("Titik mulai kami ubah ke tanggal tanda terima.")
    words = form.locator("textarea[name^='words']").first
    words.fill(words.input_value().replace("3 (tiga)", "5 (lima)"))
    with officer.expect_navigation():
        form.locator("button[name=record]").click()

    # The answer stands at the comment on the page that has been open all the time.
    answer = shown.locator("[data-answer]")
    expect(answer).to_be_visible()
    expect(answer.locator("ins").first).to_contain_text("5 (lima)")

    # And its author finds it.
    phone.goto(f"{demo_server.url}/me/")
    expect(phone.locator("main")).to_contain_text(sentence)
    expect(phone.locator("main")).to_contain_text("Titik mulai kami ubah")


def test_a_hidden_comment_becomes_a_tombstone_where_it_stood(
    demo_server, phone, new_page, sentence
):
    sign_in(phone, demo_server, "warga8@contoh.test")
    write_comment(phone, demo_server, sentence)
    mine = phone.locator("#u-3-1 [data-comment]", has_text=sentence)
    number = mine.get_attribute("data-comment")
    moderator = new_page(viewport={"width": 1280, "height": 900})
    sign_in(moderator, demo_server, "moderator@contoh.test")

    moderator.goto(f"{demo_server.url}{CONSULTATION}desk/comments/{number}/hide/")
    moderator.locator("input[name=rule]").first.check()
    moderator.locator("textarea[name=note]").fill("menyebut nama orang lain")
    with moderator.expect_navigation():
        moderator.locator("main form button[type=submit]").first.click()

    tombstone = phone.locator(f"#m-{number}")
    expect(tombstone).to_have_attribute("data-state", "hidden")
    expect(tombstone).to_contain_text("menyebut nama orang lain")
    expect(tombstone).not_to_contain_text(sentence)


def test_what_is_being_typed_survives_a_reload(demo_server, phone, sentence):
    sign_in(phone, demo_server, "warga9@contoh.test")
    box = open_form(phone, demo_server).locator("textarea[name=body]")
    box.fill(sentence)
    expect(phone.locator("#u-3-1 [data-draft-note]")).to_be_visible()

    phone.reload()
    open_form(phone, demo_server)

    expect(box).to_have_value(sentence)


def test_a_failed_send_keeps_the_text_and_is_sent_once_when_the_line_is_back(
    demo_server, phone, sentence
):
    sign_in(phone, demo_server, "warga10@contoh.test")
    form = open_form(phone, demo_server)
    form.locator("textarea[name=body]").fill(sentence)
    phone.context.set_offline(True)

    form.locator("button[type=submit]:not([data-retry])").click()
    retry = form.locator("[data-retry]")
    expect(retry).to_be_visible(timeout=60_000)
    expect(form.locator("textarea[name=body]")).to_have_value(sentence)
    phone.context.set_offline(False)
    phone.problems.clear()
    retry.click()

    expect(phone.locator("#u-3-1 [data-comment]", has_text=sentence)).to_have_count(1)


def test_the_room_follows_the_moderator(demo_server, phone, new_page):
    moderator = new_page(viewport={"width": 1280, "height": 900})
    sign_in(moderator, demo_server, "moderator@contoh.test")
    moderator.goto(f"{demo_server.url}{CONSULTATION}meetings/1/run/")
    phone.goto(f"{demo_server.url}{CONSULTATION}meetings/1/")
    expect(phone.locator("[data-live-table]")).to_contain_text("3 (tiga) hari kerja")
    expect(phone.locator("[data-live-state]")).to_have_attribute("data-live", "on")

    # One key records what the room agreed, one puts the next clause on the table.
    moderator.locator("body").press("1")
    expect(moderator.locator(".rb-agreement")).to_be_visible()
    expect(phone.locator("[data-live-table] .rb-agreement")).to_be_visible()
    moderator.locator("body").press("n")

    expect(phone.locator("[data-live-table]")).to_contain_text("blangko tidak tersedia")
