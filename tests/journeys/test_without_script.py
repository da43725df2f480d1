"""Everything works without JavaScript: writing first and signing in after, answering, the gates."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import CONSULTATION
from tests.support.client import DEMO_PASSWORD

pytestmark = pytest.mark.browser


def plain_page(new_page, **options):
    return new_page(java_script_enabled=False, viewport={"width": 360, "height": 740}, **options)


def fill_sign_in(page, email):
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()


def test_somebody_writes_first_and_signs_in_after(demo_server, new_page, sentence, wording):
    page = plain_page(new_page)
    page.goto(f"{demo_server.url}{CONSULTATION}")
    assert page.context.cookies() == []

    page.locator(f"a[href$='comments/new/?wording={wording}']").first.click()
    page.locator("input[name=stance][value=oppose]").check()
    page.locator("textarea[name=body]").fill(sentence)
    page.locator("form[data-comment-form] button[type=submit]").click()
    fill_sign_in(page, "warga11@contoh.test")
    expect(page.locator("textarea[name=body]")).to_have_value(sentence)
    page.locator("form[data-comment-form] button[type=submit]").click()

    expect(page.locator("[data-comment]", has_text=sentence)).to_be_visible()


def test_the_officer_answers_by_plain_forms(demo_server, new_page, sentence, wording):
    citizen = plain_page(new_page)
    citizen.goto(f"{demo_server.url}/accounts/login/")
    fill_sign_in(citizen, "warga12@contoh.test")
    citizen.goto(f"{demo_server.url}{CONSULTATION}comments/new/?wording={wording}")
    citizen.locator("textarea[name=body]").fill(sentence)
    citizen.locator("form[data-comment-form] button[type=submit]").click()
    comment = citizen.locator("[data-comment]", has_text=sentence)
    number = comment.get_attribute("data-comment")
    officer = plain_page(new_page)
    officer.goto(f"{demo_server.url}/accounts/login/")
    fill_sign_in(officer, "penjawab@contoh.test")

    officer.goto(f"{demo_server.url}{CONSULTATION}desk/?q=M-{int(number):04d}")
    officer.locator(f"input[name=select][value='{number}']").check()
    officer.locator("[data-select-form] button[type=submit]").first.click()
    form = officer.locator("form[data-outcome-form]")
    form.locator("input[name=disposition][value=support_noted]").check()
    form.locator("textarea[name=reason]").fill("Dukungan Anda kami catat.")
    form.locator("button[name=record]").click()

    citizen.goto(f"{demo_server.url}{CONSULTATION}comments/{number}/")
    expect(citizen.locator("[data-answer]")).to_contain_text("Dukungan Anda kami catat.")


def test_the_gate_says_what_is_missing(demo_server, new_page):
    page = plain_page(new_page)
    page.goto(f"{demo_server.url}/accounts/login/")
    fill_sign_in(page, "pejabat@contoh.test")

    page.goto(f"{demo_server.url}{CONSULTATION}desk/conclude/")

    closed = page.locator("[data-gate=closed]")
    expect(closed).to_be_visible()
    assert closed.locator("li a").count() >= 1
