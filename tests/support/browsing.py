"""Chromium, driven by Playwright, as a reader would use it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.client import DEMO_PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.support.servers import Server

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def running_browser() -> Iterator["Browser"]:
    """Debian's Chromium. While it runs, this thread has an event loop: no ORM, no asyncio."""
    from playwright.sync_api import sync_playwright  # heavy, and only journeys need it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


def watch(page: "Page") -> list[str]:
    """What went wrong in the page so far: script errors, refusals of the CSP, lost static files."""
    problems: list[str] = []

    def heed(message) -> None:
        if "Content Security Policy" in message.text:
            problems.append(message.text)

    def heed_answer(answer) -> None:
        if answer.status >= 500 or (answer.status == 404 and "/static/" in answer.url):
            problems.append(f"{answer.status} {answer.url}")

    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", heed)
    page.on("response", heed_answer)
    return problems


def sign_in(page: "Page", server: "Server", email: str, password: str = DEMO_PASSWORD) -> None:
    """By the form, as a person does."""
    page.goto(f"{server.url}/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    with page.expect_navigation():
        page.locator("input[name=password]").press("Enter")
    assert "/accounts/login" not in page.url, page.locator("main").inner_text()


def axe(page: "Page", **options) -> list[str]:
    """The violations that axe-core finds, one sentence each with the places; empty is good.

    It is a script: in a page with scripts switched off it would wait for ever.
    """
    assert page.has_scripts, "axe needs a page that was opened with JavaScript"
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text(encoding="utf-8") + "\n;undefined")
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{found['id']} ({found['impact']}): {found['help']}: "
        + "; ".join(f"{node['target']} {node['failureSummary']}" for node in found["nodes"])
        for found in result["violations"]
    ]
