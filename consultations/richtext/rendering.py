"""Markdown to safe HTML and to the plain text that anchors count.

The one place that uses bleach. What is allowed: paragraphs, lists, emphasis, links, line breaks.
No images, HTML, headings, tables: a heading has a column of its own.

The rule of the plain text, for everybody who counts in it (Python and JavaScript alike): **it is
the `textContent` of the rendered HTML**, in NFC, counted in code points. The HTML is written so
that this needs no tree walk: one "\\n" between two blocks or items and for a forced line break,
one space for any other run of white space, nothing at either end.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from html.parser import HTMLParser

from bleach.sanitizer import Cleaner
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

# Raised when the same source renders differently; `standards` then renders its words anew.
RENDERER_VERSION = 1

_DEEPEST = 12
_INLINE_RULES = ["emphasis", "link", "newline", "escape", "entity"]
_INLINE_RULES += ["balance_pairs", "fragments_join"]
_BLOCK_TAGS = {"p", "ul", "ol", "li"}
_INLINE_TAGS = {"em", "strong", "a", "br"}
# What no browser shows, or what makes it show words in another order than they were written.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Other pages in full, mail, and places of this site: what else looks like an address is no link.
_LINK = re.compile(r"https?://|mailto:|#|/(?!/)", re.I)
_SPACES = re.compile(r"[ \t\n\r\f\v]+")


class Level(StrEnum):
    """How much markup a text may use: a document's blocks, or one line of emphasis and links."""

    BLOCKS = "blocks"
    LINE = "line"


@dataclass(frozen=True)
class Rendered:
    html: SafeString
    plain: str


def _parser(level: Level) -> MarkdownIt:
    rules = [*_INLINE_RULES, "list"] if level is Level.BLOCKS else _INLINE_RULES
    parser = MarkdownIt("zero", {"html": False, "maxNesting": _DEEPEST}).enable(rules)
    parser.validateLink = lambda url: bool(_LINK.match(url))
    return parser


_PARSERS = {level: _parser(level) for level in Level}


def _cleaner(level: Level) -> Cleaner:
    return Cleaner(
        tags=_INLINE_TAGS | (_BLOCK_TAGS if level is Level.BLOCKS else set()),
        attributes={"a": ["href"], "ol": ["start"]},
        protocols={"http", "https", "mailto"},
        strip=False,
        strip_comments=True,
    )


def render(markdown: str, *, level: Level = Level.BLOCKS) -> SafeString:
    """Safe HTML for any input whatsoever; what is not allowed is shown as it was typed.

    Takes time in proportion to the length: nesting beyond a dozen levels is not followed, the
    source is then shown as plain paragraphs, so that no word is lost.
    """
    level = Level(level)
    source = _INVISIBLE.sub("", unicodedata.normalize("NFC", markdown.replace("\r\n", "\n")))
    tokens = _PARSERS[level].parse(source.replace("\r", "\n"))
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        tokens = list(_plain_tokens(source))
    # A cleaner keeps state while it parses, so each call has its own.
    return mark_safe(_cleaner(level).clean(_Writer(level).write(tokens)))


def render_words(markdown: str, *, level: Level = Level.BLOCKS) -> Rendered:
    html = render(markdown, level=level)
    return Rendered(html, plain_text(html))


def plain_text(html: str) -> str:
    """What anchors count: the text content of HTML from `render`, in NFC."""
    reader = _TextReader(convert_charrefs=True)
    reader.feed(html)
    reader.close()
    return unicodedata.normalize("NFC", "".join(reader.pieces))


def _plain_tokens(source: str) -> Iterator[Token]:
    for paragraph in re.split(r"\n\s*\n", source):
        yield Token("paragraph_open", "p", 1)
        text = Token("text", "", 0, content=paragraph)
        yield Token("inline", "", 0, children=[text])
        yield Token("paragraph_close", "p", -1)


class _TextReader(HTMLParser):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.pieces: list[str] = []

    def handle_data(self, data):
        self.pieces.append(data)


class _Writer:
    """Writes tokens as HTML whose text content keeps the rule of the plain text.

    Opening tags and white space wait until there is a word to stand before; so there is no space
    at an end of a block, none twice, and nothing of what is empty.
    """

    def __init__(self, level: Level):
        self._level = level
        self._out: list[str] = []
        self._waiting: list[str] = []  # opening tags of what has no words yet
        self._gap = ""  # white space between the last word and the next
        self._has_words = False

    def write(self, tokens: list[Token]) -> str:
        for token in tokens:
            if token.type == "inline":
                self._gap = "\n" if self._has_words else ""
                for child in token.children or []:
                    self._inline(child)
            elif token.hidden or self._level is Level.LINE:
                continue
            elif token.nesting == 1:
                start = token.attrGet("start")
                number = f' start="{int(start)}"' if start is not None else ""
                self._waiting.append(f"<{token.tag}{number}>")
            else:
                self._close(token.tag)
        return "".join(self._out)

    def _close(self, tag: str) -> None:
        if self._waiting:  # there were no words in it
            self._waiting.pop()
        else:
            self._out.append(f"</{tag}>")

    def _inline(self, token: Token) -> None:
        if token.type == "text":
            self._text(token.content)
        elif token.type == "softbreak":
            self._gap = self._gap or " "
        elif token.type == "hardbreak":
            self._gap = "<br>\n" if self._has_words and self._gap != "\n" else self._gap
        elif token.nesting == 1:
            href = token.attrGet("href")
            link = f' href="{escape(str(href))}"' if href is not None else ""
            self._waiting.append(f"<{token.tag}{link}>")
        else:
            self._close(token.tag)

    def _text(self, text: str) -> None:
        # An entity may stand for what was taken out of the source.
        text = _INVISIBLE.sub("", text)
        words = _SPACES.sub(" ", text).strip(" ")
        if text[:1] and text[0] in " \t\n\r\f\v" and self._has_words:
            self._gap = self._gap or " "
        if not words:
            return
        self._flush()
        self._out.append(escape(words, quote=False))
        self._has_words = True
        self._gap = " " if text[-1] in " \t\n\r\f\v" else ""

    def _flush(self) -> None:
        self._out.append(self._gap)
        self._out.extend(self._waiting)
        self._waiting.clear()
        self._gap = ""
