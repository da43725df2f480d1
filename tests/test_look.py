"""What the style sheets and templates promise as a whole."""

import re
from pathlib import Path

import brotli
import pytest

from forum.bundling import ENTRY, bundle

ROOT = Path(__file__).resolve().parent.parent
CSS, TEMPLATES = ROOT / "static" / "css", ROOT / "templates"

OWN_SHEETS = sorted(CSS.rglob("*.css"))
PAGES = sorted(TEMPLATES.rglob("*.html"))
COLOR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\(|:\s*(?:white|black|red|gray|grey)\b", re.I
)


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tokens_in(block: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block))


def test_dark_means_the_same_chosen_or_by_the_device():
    text = without_comments((CSS / "tokens.css").read_text())

    chosen = re.search(r'\n  \[data-color-scheme="dark"\] \{(.*?)\n  \}', text, re.DOTALL)
    device = re.search(
        r'prefers-color-scheme: dark\) \{\s*\[data-color-scheme="auto"\] \{(.*?)\n  \}',
        text,
        re.DOTALL,
    )
    assert tokens_in(chosen[1]) == tokens_in(device[1])
    assert len(tokens_in(chosen[1])) > 40


def test_dark_redefines_tokens_that_light_has():
    text = without_comments((CSS / "tokens.css").read_text())

    light, dark = text.split("@media screen {")[:2]
    assert set(tokens_in(dark)) <= set(tokens_in(light))


@pytest.mark.parametrize("sheet", [s for s in OWN_SHEETS if s.name != "tokens.css"], ids=named)
def test_only_tokens_name_colors(sheet):
    assert COLOR.findall(without_comments(sheet.read_text())) == []


def test_every_own_token_is_defined():
    sheets = {sheet: without_comments(sheet.read_text()) for sheet in OWN_SHEETS}
    defined = {name for text in sheets.values() for name in re.findall(r"(--rb-[\w-]+):", text)}

    used = {name for text in sheets.values() for name in re.findall(r"var\((--rb-[\w-]+)", text)}

    assert used <= defined


def test_every_sheet_is_part_of_the_one():
    imported = set(re.findall(r'@import "([^"]+)"', (CSS / "rembuk.css").read_text()))

    parts = {str(s.relative_to(CSS)) for s in OWN_SHEETS} - {"rembuk.css"}

    assert parts == {name for name in imported if not name.startswith("../")}


def test_style_sheet_and_fonts_stay_small():
    css = bundle(ENTRY, lambda name: (ROOT / "static" / name).read_text())
    fonts = sum(font.stat().st_size for font in (ROOT / "static/vendor/fonts").glob("*.woff2"))

    assert len(brotli.compress(css.encode())) <= 35_000
    assert fonts <= 60_000


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_templates_keep_to_the_security_policy(page):
    text = page.read_text()

    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_templates_stay_short(page):
    assert len(page.read_text().splitlines()) <= 150


# Longer than the others, with the reason.
LONG_SCRIPTS = {
    "live.js": (
        200,
        "one machine of states; what is pure stands in sequence.js, state.js",
    ),
}


@pytest.mark.parametrize("script", sorted((ROOT / "static/js/lib").glob("*.js")), ids=named)
def test_script_libraries_stay_small(script):
    assert len(script.read_text().splitlines()) <= LONG_SCRIPTS.get(script.name, (120,))[0]


def test_vendored_files_name_version_and_licence():
    for folder in (ROOT / "static" / "vendor", ROOT / "tests" / "vendor"):
        rows = re.findall(
            r"^\| ([@\w/.-]+) \| ([\d.]+) \| ([\w.-]+) \|", (folder / "README.md").read_text(), re.M
        )

        assert rows
        assert len(list(folder.rglob("LICENSE*"))) == len(rows)
