import re
import pytest
from tests.support import axe
pytestmark=[pytest.mark.browser, pytest.mark.process]
def test_it(demo_server, new_page):
    page = new_page(viewport={"width":360,"height":740}, java_script_enabled=False)
    base = demo_server.url
    page.goto(base+"/consultations/ktp-elektronik/")
    link = page.locator("a[href*='comments/new/?wording=']").first
    href = link.get_attribute("href"); print(href)
    page.goto(base+href)
    page.screenshot(path="/tmp/compose.png", full_page=True)
    p2 = new_page(viewport={"width":1280,"height":900}); p2.goto(base+"/en"+href)
    for d in p2.locator("details").all(): d.evaluate("e=>e.open=true")
    print([ (v["id"], [n["html"][:200] for n in v["nodes"]]) for v in axe(p2)])
    p2.screenshot(path="/tmp/compose2.png", full_page=True)
    page.fill("textarea[name=body]", "Ditulis sebelum masuk.")
    page.click("form[data-comment-form] button[type=submit]")
    print(page.url)
    page.fill("input[name=login]", "warga1@contoh.test"); page.fill("input[name=password]", "rembuk-demo")
    page.click("form button[type=submit]")
    print(page.url); print(page.input_value("textarea[name=body]"))
    page.click("form[data-comment-form] button[type=submit]")
    print(page.url, page.locator("text=Ditulis sebelum masuk.").count())
    page.screenshot(path="/tmp/after.png")
    p2.fill("textarea[name=body]", "") ; p2.click("form[data-comment-form] button[type=submit]"); 
    print(p2.url, p2.locator("[role=alert]").inner_text()); print([ (v["id"], [n["html"][:200] for n in v["nodes"]]) for v in axe(p2)])
    p2.screenshot(path="/tmp/error.png", full_page=True)
    p2.problems.clear(); page.problems.clear()
    assert 0
