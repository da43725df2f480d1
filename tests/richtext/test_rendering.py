import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.richtext.rendering import Level, plain_text, render, render_words


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Satu.\n\nDua.", "<p>Satu.</p>\n<p>Dua.</p>"),
        ("a *b* **c**", "<p>a <em>b</em> <strong>c</strong></p>"),
        ("- a\n- b\n  - c", "<ul><li>a</li>\n<li>b\n<ul><li>c</li></ul></li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li>\n<li>b</li></ol>'),
        ("a\\\nb\nc", "<p>a<br>\nb c</p>"),
        ("[a](https://x.id/?b=1&c=2)", '<p><a href="https://x.id/?b=1&amp;c=2">a</a></p>'),
        ("[a](mailto:a@x.id)", '<p><a href="mailto:a@x.id">a</a></p>'),
        ("[a](#c-3-1)", '<p><a href="#c-3-1">a</a></p>'),
        ("", ""),
        ("   \n\n  ", ""),
        ("-\n- a", "<ul><li>a</li></ul>"),
        ("a [ b ](https://x.id) c", '<p>a <a href="https://x.id">b</a> c</p>'),
    ],
)
def test_render_writes_small_markdown(markdown, html):
    assert render(markdown) == html


def test_render_line_knows_no_blocks():
    assert render("1. a *b*\n\n- c", level=Level.LINE) == "1. a <em>b</em>\n- c"


HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.id/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<!-- --><style>*{display:none}</style>",
    "<p title='</p><script>alert(1)</script>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A&#x61vascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](java\x00script:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "[x](file:///etc/passwd)",
    "[x](//x.id/)",
    "[x](\\\\x.id)",
    "[x](?q=1)",
    "[x](<javascript:alert(1)>)",
    "[x](https://x.id 'a\" onmouseover=\"alert(1)')",
    '[x](https://x.id/"onmouseover="alert(1))',
    "![x](javascript:alert(1))",
    "![x](https://x.id/track.png)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "**[x](javascript:alert(1))",
    "[[[[x](javascript:alert(1))](javascript:alert(2))",
    "`<script>alert(1)</script>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;",
    "*a <b>**c</b>*",
    "a\u202eb\u2066c",
    "&#x202e;gnp.exe",
    "a\x00b\x1bc",
    "\ud800",
    "# h\n\n> q\n\n| a |\n|---|\n\n---\n\n    code",
]
ALLOWED = re.compile(
    r"</?(?:p|ul|li|em|strong)>|<br>|</?ol>|<ol start=\"\d+\">|</a>|"
    r"<a href=\"(?:https?://|mailto:|#|/(?!/))[^\"<>]*\">"
)


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("markdown", HOSTILE)
def test_render_leaves_nothing_active(markdown, level):
    html = render(markdown, level=level)

    rest = ALLOWED.sub("", html)
    assert "<" not in rest
    assert ">" not in rest
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", html)


def test_render_shows_what_is_not_allowed_as_it_was_typed():
    assert plain_text(render("<b>x</b> [y](javascript:z)")) == "<b>x</b> [y](javascript:z)"


@pytest.mark.parametrize(
    "piece",
    ["[", "*", "*a **a ", "- ", "1. ", "[a](", "[a](<b", "\\[", "&", "_a__b", "- a\n", "![[",
     "a\n\n", "<", "*a_ ", "[x](https://x.id) ", "\u0301"],
)  # fmt: skip
def test_render_takes_bounded_time(piece):
    started = time.process_time()

    render((piece * 20_000)[:20_000])

    assert time.process_time() - started < 3


def test_render_loses_no_word_of_what_is_nested_too_deeply():
    rendered = render_words("- " * 40 + "kata\n\nlain")

    assert rendered.plain.endswith("kata\nlain")


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("Satu *dua*\ntiga.\n\n- a\n- b", "Satu dua tiga.\na\nb"),
        ("1. x\n\n   y\n2. z", "x\ny\nz"),
        ("a  \nb", "a\nb"),
        ("e\u0301 &amp; &lt;", "é & <"),
        ("  a \t b  ", "a b"),
        ("😀 3 (tiga)", "😀 3 (tiga)"),
    ],
)
def test_plain_text_joins_blocks_by_one_line_end(markdown, plain):
    assert render_words(markdown).plain == plain


words = st.text(st.sampled_from("ab *_[]()<>&#-1. \n\\`!é\u0301\u00a0😀"), max_size=60)


@given(words)
def test_plain_text_keeps_its_rule_for_any_input(markdown):
    plain = render_words(markdown).plain

    assert plain == unicodedata.normalize("NFC", plain)
    assert plain == plain.strip(" \n\t")
    assert not re.search(r"[ \n]{2}|[\t\r\f\v]", plain)
    assert render_words(markdown) == render_words(markdown.replace("\n", "\r\n"))
