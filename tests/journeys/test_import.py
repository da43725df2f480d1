"""Standards are imported in a real browser: with a worker and its progress, and without script."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_accessibility import LOOKS, faults
from tests.standards.reading.layouts import three_columns
from tests.standards.reading.texts import AKTA_KELAHIRAN, KARTU_KELUARGA
from tests.support import sign_in
from tests.support.client import DEMO_PASSWORD

pytestmark = pytest.mark.browser
HOME = "/standards/disdukcapil-tirtasari/desk/import/"
DRAFTER = "penyusun@contoh.test"
FAMILY_CARD = ("kk.docx", three_columns(KARTU_KELUARGA))
BIRTH = ("akta.docx", three_columns(AKTA_KELAHIRAN))  # the demo has a standard of this name
SOP = (
    "sop.md",
    b"# STANDAR OPERASIONAL PROSEDUR\n\nNomor SOP: 1/2026\n\nTanggal Pembuatan: 1 Mei 2026\n\n"
    b"## Kualifikasi Pelaksana\n\nSMA.\n\n## Peringatan\n\nDicatat.\n",
)
PDF = ("buku.pdf", b"%PDF-1.7")


def choose(page, server, *files):
    page.goto(f"{server.url}{HOME}")
    kinds = "application/octet-stream"
    page.locator("input[name=files]").set_input_files(
        [{"name": name, "mimeType": kinds, "buffer": content} for name, content in files]
    )
    page.locator("form:has(input[name=files]) button[type=submit]").click()


def test_a_batch_fills_itself_while_the_worker_reads(demo_server, page):
    sign_in(page, demo_server, DRAFTER)

    choose(page, demo_server, FAMILY_CARD, BIRTH, SOP, PDF)

    expect(page.locator("#progress:not([data-under-way])")).to_be_visible(timeout=30_000)
    expect(page.locator("li[data-state=read]")).to_have_count(3)
    expect(page.locator("li[data-state=refused]")).to_contain_text("buku.pdf")


def test_keys_leave_a_document_out_and_can_be_switched_off(demo_server, page):
    sign_in(page, demo_server, DRAFTER)
    choose(page, demo_server, SOP)
    address = page.url

    page.locator("[data-keys-on]").uncheck()
    page.locator("h1").click()
    page.keyboard.press("s")
    assert page.url == address
    page.locator("[data-keys-on]").check()
    page.locator("h1").click()
    with page.expect_navigation():
        page.keyboard.press("s")

    page.goto(address)
    expect(page.locator("button[value=reopen]")).to_be_visible()


def test_all_of_it_without_script(demo_server, new_page):
    page = new_page(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto(f"{demo_server.url}/accounts/login/")
    page.locator("input[name=login]").fill(DRAFTER)
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    choose(page, demo_server, FAMILY_CARD)

    page.locator("input[name=service_name]").fill("Kartu Keluarga bagi Penduduk Baru")
    page.locator("#k0 summary").click()
    page.locator("#k0 textarea").fill("Kutipan akta nikah asli.")
    page.locator("button[value=save]").click()
    expect(page.locator("#k0 .rb-words")).to_contain_text("Kutipan akta nikah asli.")
    page.locator("button[value=confirm]").click()

    expect(page.locator("[role=status]").first).to_contain_text("Kartu Keluarga bagi Penduduk")


@pytest.mark.parametrize("look", LOOKS)
def test_accessibility(demo_server, new_page, look):
    page = new_page(bypass_csp=True, **LOOKS[look])
    sign_in(page, demo_server, DRAFTER)
    addresses = [f"{demo_server.url}{HOME}"]
    for file in (BIRTH, SOP, PDF):
        choose(page, demo_server, file)
        addresses.append(page.url)
    page.goto(addresses[-1])
    refused = page.locator("li[data-state=refused]")
    assert refused.count() == 1

    found = {url: faults(page, url) for url in addresses}

    assert {url: wrong for url, wrong in found.items() if wrong} == {}
