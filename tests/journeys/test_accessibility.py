"""axe-core finds nothing on any page of the chain: small and light, wide and dark.

Each look goes with one of the languages, so that every page is seen in both looks and in both.
"""

import pytest

from tests.journeys.conftest import CONSULTATION
from tests.support import axe, sign_in

pytestmark = pytest.mark.browser

SERVICE = "/standards/disdukcapil-tirtasari/ktp-elektronik/"
DESK = "/standards/disdukcapil-tirtasari/desk/"
PUBLIC = [
    "/",
    "/consultations/",
    CONSULTATION,
    f"{CONSULTATION}clauses/3.1/",
    f"{CONSULTATION}comments/1/",
    f"{CONSULTATION}outcomes/",
    f"{CONSULTATION}changes/",
    f"{CONSULTATION}meetings/1/",
    f"{CONSULTATION}meetings/1/minutes/",
    f"{CONSULTATION}record/",
    "/standards/",
    "/standards/calendar/?year=2027&month=11",
    "/standards/disdukcapil-tirtasari/ktp-elektronik/",
    "/standards/?q=kartu+keluarga&agency=kabupaten-tirtasari&component=requirements",
    "/standards/?q=tidak-ada-kata-ini&standing=overdue",
    "/standards/disdukcapil-tirtasari/",
    "/standards/kabupaten-tirtasari/",
    "/standards/disdukcapil-tirtasari/ktp-elektronik/4/",
    "/standards/disdukcapil-tirtasari/ktp-elektronik/3/3.1/",
    "/standards/disdukcapil-tirtasari/ktp-elektronik/pledge/",
    "/accounts/login/",
    "/accounts/signup/",
    "/nowhere/",
]
STAFF = {
    "warga1@contoh.test": ["/me/", CONSULTATION, f"{CONSULTATION}meetings/1/"],
    "moderator@contoh.test": [
        f"{CONSULTATION}desk/",
        f"{CONSULTATION}desk/comments/1/hide/",
        f"{CONSULTATION}meetings/1/run/",
    ],
    "penyusun@contoh.test": [
        f"{DESK}",
        f"{DESK}new/",
        f"{DESK}acts/?q=permenpan",
        "/standards/disdukcapil-tirtasari/akta-kelahiran/keeping/review/",
        f"{SERVICE}",
        f"{SERVICE}keeping/publications/",
        f"{SERVICE}keeping/publications/1/end/",
        f"{SERVICE}keeping/registers/sippn/",
    ],
    "pejabat@contoh.test": [
        f"{DESK}decrees/",
        f"{DESK}decrees/new/",
        f"{DESK}decrees/1/",
        "/standards/disdukcapil-tirtasari/akta-kelahiran/keeping/4/withdraw/",
        f"{SERVICE}keeping/pledge/",
    ],
    "penjawab@contoh.test": [f"{CONSULTATION}desk/?select=1", f"{CONSULTATION}desk/conclude/"],
}
LOOKS = {
    "small and light": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light"},
    "wide and dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}


def faults(page, url):
    """What is wrong with one page, in sentences."""
    page.goto(url)
    page.problems.clear()  # a page that is not found says 404
    found = axe(page)
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{headings} headings of the first level")
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if overflow > 0:
        found.append(f"{overflow} px too wide")
    return found


def check(page, urls):
    found = {url: faults(page, url) for url in urls}
    assert {url: wrong for url, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(("look", "prefix"), [*zip(LOOKS, ["", "/en"], strict=True)])
def test_public_pages(demo_server, new_page, look, prefix):
    page = new_page(bypass_csp=True, **LOOKS[look])

    check(page, [f"{demo_server.url}{prefix}{path}" for path in PUBLIC])


@pytest.mark.parametrize(("look", "prefix"), [*zip(LOOKS, ["", "/en"], strict=True)])
@pytest.mark.parametrize("email", STAFF)
def test_pages_of_people_who_are_signed_in(demo_server, new_page, look, prefix, email):
    page = new_page(bypass_csp=True, **LOOKS[look])
    sign_in(page, demo_server, email)

    check(page, [f"{demo_server.url}{prefix}{path}" for path in STAFF[email]])
