"""The drafter's editor: two at once, what is typed and not saved, the keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_accessibility import LOOKS, check
from tests.journeys.test_without_script import fill_sign_in
from tests.support import axe, sign_in

pytestmark = pytest.mark.browser

AGENCY = "/standards/disdukcapil-tirtasari"
DRAFT = f"{AGENCY}/ktp-elektronik/draft/"
WIDE = {"viewport": {"width": 1280, "height": 900}}


def open_clause(page, server, label):
    """From the document to the page of one clause."""
    page.goto(f"{server.url}{DRAFT}")
    page.locator(f"#c-{label.replace('.', '-')} .rb-draft-edit").click()
    expect(page.locator("h1")).to_contain_text(label)


def words_of(page):
    return page.locator("textarea[name=body_id]")


def give_reason(page, reason="Lebih jelas bagi pemohon."):
    page.locator("input[name=reason_kind][value=editorial]").check()
    page.locator("textarea[name=reason]").fill(reason)


def save(page):
    give_reason(page)
    with page.expect_navigation():
        page.locator("button[name=save]").click()


def drafters(new_page, server):
    """Two people of the agency, each in a browser of their own."""
    pages = [new_page(bypass_csp=True, **WIDE), new_page(bypass_csp=True, **WIDE)]
    for page, email in zip(pages, ("penyusun@contoh.test", "pejabat@contoh.test"), strict=True):
        sign_in(page, server, email)
    return pages


def test_two_drafters_of_one_clause_lose_nothing(demo_server, new_page):
    one, other = drafters(new_page, demo_server)
    for page in (one, other):
        open_clause(page, demo_server, "3.1")
    before = words_of(one).input_value()

    words_of(one).fill(before.replace("3 (tiga)", "5 (lima)"))
    save(one)
    words_of(other).fill(before.replace("perekaman", "perekaman sidik jari"))
    save(other)

    clash = other.locator(".rb-note", has=other.locator("dl"))
    expect(clash.locator("dd")).to_have_count(3)
    expect(clash.locator("dd").nth(0)).to_contain_text(before)
    expect(clash.locator("dd").nth(1).locator("ins")).to_contain_text("5 (lima)")
    expect(clash.locator("dd").nth(2).locator("ins")).to_contain_text("sidik jari")
    assert axe(other) == []
    both = before.replace("3 (tiga)", "5 (lima)").replace("perekaman", "perekaman sidik jari")
    expect(words_of(other)).to_have_value(both)
    save(other)
    one.reload()
    expect(words_of(one)).to_have_value(both)


def test_the_same_place_is_decided_by_a_person(demo_server, new_page):
    one, other = drafters(new_page, demo_server)
    for page in (one, other):
        open_clause(page, demo_server, "4.1")
    before = words_of(one).input_value()

    words_of(one).fill(f"Gratis. {before}")
    save(one)
    words_of(other).fill(f"Tanpa biaya. {before}")
    save(other)

    conflict = other.locator(".rb-note li")
    expect(conflict).to_contain_text("Gratis.")
    expect(conflict).to_contain_text("Tanpa biaya.")
    expect(words_of(other)).to_have_value(f"Tanpa biaya. {before}")
    one.reload()
    expect(words_of(one)).to_have_value(f"Gratis. {before}")


def test_what_is_typed_is_kept_and_waits_on_another_device(demo_server, new_page):
    desk = new_page(**WIDE)
    sign_in(desk, demo_server, "penyusun@contoh.test")
    open_clause(desk, demo_server, "5.1")
    typed = f"{words_of(desk).input_value()} Berlaku seumur hidup."

    words_of(desk).fill(typed)

    expect(desk.locator("[data-kept-of=id]")).not_to_be_empty()
    expect(desk.locator("[data-preview-of=id] ins")).to_contain_text("Berlaku seumur hidup.")
    phone = new_page(viewport={"width": 360, "height": 740})
    sign_in(phone, demo_server, "penyusun@contoh.test")
    open_clause(phone, demo_server, "5.1")
    expect(phone.locator("#unsaved-h")).to_be_visible()
    expect(words_of(phone)).not_to_have_value(typed)
    phone.locator("a[href$='?use=1']").click()
    expect(words_of(phone)).to_have_value(typed)
    save(phone)
    expect(phone.locator("#unsaved-h")).to_have_count(0)
    expect(words_of(phone)).to_have_value(typed)


def test_a_shared_passage_is_offered_and_taken_over(demo_server, new_page):
    page = new_page(bypass_csp=True, **LOOKS["small and light"])
    sign_in(page, demo_server, "penyusun@contoh.test")
    page.goto(f"{demo_server.url}{AGENCY}/desk/passages/new/")
    page.locator("input[name=name]").fill("Saluran pengaduan dinas")
    page.locator("select[name=component]").select_option(index=5)
    page.locator("textarea[name=body_id]").fill("Pengaduan ke SP4N-LAPOR! atau loket.")
    page.locator("form.rb-form button").click()
    expect(page.locator("h1")).to_have_text("Saluran pengaduan dinas")
    passage = page.url
    open_clause(page, demo_server, "6.1")
    page.locator("a[href$='/passage/']").click()
    page.locator("a[href^='?passage=']").click()
    give_reason(page)
    page.locator("button[name=take]").click()
    expect(words_of(page)).to_have_value("Pengaduan ke SP4N-LAPOR! atau loket.")

    page.goto(passage)
    page.locator("textarea[name=body_id]").fill("Pengaduan ke SP4N-LAPOR!, loket, atau 0812.")
    page.locator("textarea[name=reason]").fill("Ada nomor baru.")
    page.locator("form.rb-form button").click()
    expect(page.locator("ol.rb-rows > li")).to_have_count(2)
    assert axe(page) == []
    page.locator("ul.rb-rows a[href$='/passage/']").click()
    assert axe(page) == []
    page.locator("button[name=take]").click()

    expect(words_of(page)).to_have_value("Pengaduan ke SP4N-LAPOR!, loket, atau 0812.")


# --- the keyboard alone, without JavaScript -------------------------------------------------------


class Keyboard:
    """A page that is used by its keys and nothing else."""

    def __init__(self, page):
        self.page = page

    def reach(self, selector, most=80):
        """Tab by tab to the first control that the selector names."""
        wanted = self.page.locator(selector).first
        for _tab in range(most):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"{selector} cannot be reached by Tab")

    def press(self, selector):
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, selector, text):
        self.reach(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def give_reason(self, reason):
        self.reach("input[name=reason_kind]")
        self.page.keyboard.press("Space")
        self.write("textarea[name=reason]", reason)


def test_a_draft_is_edited_by_keyboard_without_javascript(demo_server, new_page):
    page = new_page(java_script_enabled=False, **WIDE)
    page.goto(f"{demo_server.url}/accounts/login/")
    fill_sign_in(page, "penyusun@contoh.test")
    keys = Keyboard(page)

    # Reword: the address of a clause in the document is where Tab begins.
    page.goto(f"{demo_server.url}{DRAFT}#c-6-1")
    keys.press("#c-6-1 .rb-draft-edit")
    clause = page.url
    keys.write("textarea[name=body_id]", "Datang ke loket. Kirim pesan ke 0812.")
    keys.give_reason("Dua jalan, satu kalimat masing-masing.")
    keys.press("button[name=save]")
    expect(page.locator("#history")).to_contain_text("Dua jalan")

    # Split at every sentence; the last reason is offered again.
    page.goto(f"{clause}split/")
    keys.press("button[name=cut][value=sentences]")
    expect(page.locator("textarea[name=text]")).to_have_value(
        "Datang ke loket.\n=====\nKirim pesan ke 0812."
    )
    expect(page.locator("textarea[name=reason]")).to_have_value(
        "Dua jalan, satu kalimat masing-masing."
    )
    keys.press("form.rb-form > .rb-row:last-child button")
    expect(page.locator("#c-6-2")).to_contain_text("Kirim pesan")

    # Move the second part up, then remove it, then take that back.
    page.goto(f"{demo_server.url}{DRAFT}#c-6-2")
    keys.press("#c-6-2 .rb-draft-edit")
    part = page.url
    page.goto(f"{part}move/")
    keys.press("button[value=up]")
    expect(page.locator("h1")).to_contain_text("6.1")
    page.goto(f"{part}delete/")
    keys.press("form.rb-form button")
    expect(page.locator("#c-6-1")).to_contain_text("Datang ke loket.")
    page.goto(f"{demo_server.url}{DRAFT}changes/")
    keys.press(".rb-draft-undo")
    keys.press("form.rb-form button")
    expect(page.locator("h1")).to_contain_text("6.1")
    expect(words_of(page)).to_have_value("Kirim pesan ke 0812.")


# --- everybody can use it -------------------------------------------------------------------------


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_of_the_editor(demo_server, new_page, look):
    page = new_page(bypass_csp=True, **LOOKS[look])
    sign_in(page, demo_server, "penyusun@contoh.test")
    open_clause(page, demo_server, "2.4")
    clause = page.url.removeprefix(demo_server.url)
    of_clause = ["", "move/", "split/", "delete/", "passage/", "figures/"]
    whole = ["", "changes/", "explanation/", "preview/", "publish/", "add/"]
    merging = page.locator("a[href$='/merge/']").get_attribute("href")

    paths = [
        *(f"{DRAFT}{part}" for part in whole),
        *(f"{clause}{part}" for part in of_clause),
        merging,
        f"{AGENCY}/akta-kelahiran/draft/",
        f"{AGENCY}/desk/passages/",
        f"{AGENCY}/desk/passages/new/",
    ]
    check(page, [f"{demo_server.url}{path}" for path in paths])
