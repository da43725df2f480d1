"""The desk by keyboard alone, in a real browser."""

import pytest

from tests.support.browsing import axe, sign_in

pytestmark = pytest.mark.browser

DESK = "/consultations/ktp-elektronik/desk/"


@pytest.fixture
def officer(page, demo_server):
    sign_in(page, demo_server, "penjawab@contoh.test")
    page.goto(f"{demo_server.url}{DESK}?clause=3.1")
    return page


def test_a_comment_is_chosen_and_answered_by_keys(officer):
    officer.keyboard.press("j")
    officer.keyboard.press("x")
    officer.keyboard.press("j")
    officer.keyboard.press("x")
    officer.keyboard.press("Enter")
    form = officer.locator("form[data-outcome-form]")
    form.wait_for()
    officer.keyboard.press("2")

    assert form.locator(".rb-desk-chips li").count() == 2
    assert form.locator("input[value=partly]").is_checked()
    assert "select=" in officer.url
    assert axe(officer) == []


def test_new_words_show_their_difference_while_one_types(officer):
    officer.keyboard.press("j")
    officer.keyboard.press("Enter")
    box = officer.locator("textarea[name='words.3.1']")
    box.fill(box.input_value().replace("3 (tiga)", "5 (lima)"))

    shown = officer.locator("[data-preview-of='words.3.1']")
    shown.locator("ins").wait_for()
    assert "5 (lima)" in shown.inner_text()


def test_keys_rest_while_one_types_and_can_be_switched_off(officer):
    officer.locator("#desk-q").press("j")
    assert officer.locator("[data-item][aria-current]").count() == 0

    officer.locator("#inbox-title").click()
    officer.keyboard.press("?")
    help = officer.locator("dialog[data-help]")
    help.locator("input[data-keys-on]").uncheck()
    help.locator("button").click()
    officer.keyboard.press("j")

    assert officer.locator("[data-item][aria-current]").count() == 0


def test_what_was_typed_survives_choosing_other_comments(officer):
    officer.keyboard.press("j")
    officer.keyboard.press("Enter")
    officer.locator("textarea[name=reason]").fill("Titik mulai kami ubah.")
    other = officer.locator("[data-item]").nth(1)
    number = other.locator("a.rb-num").inner_text()
    other.locator("[data-answer-one]").click()
    officer.locator("#outcome .rb-desk-chips", has_text=number).wait_for()

    assert officer.locator("textarea[name=reason]").input_value() == "Titik mulai kami ubah."
