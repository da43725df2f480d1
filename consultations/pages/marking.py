"""Marks at the words of a clause that comments are about.

Passages are counted as anchors are (`richtext`): code points of the text content. A mark never
adds a word or a space, so that the text content stays what anchors count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser

from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Passage:
    """A run of words, and how many comments are about it or a part of it."""

    start: int
    end: int
    count: int = 1


def merged(passages: Iterable[Passage]) -> list[Passage]:
    """Overlapping passages as one, in order; passages that only touch stay apart."""
    result: list[Passage] = []
    for passage in sorted(passages, key=lambda each: (each.start, each.end)):
        last = result[-1] if result else None
        if last is None or passage.start >= last.end:
            result.append(passage)
        else:
            end = max(last.end, passage.end)
            result[-1] = Passage(last.start, end, last.count + passage.count)
    return result


def mark_passages(html: str, passages: Iterable[Passage], *, href: str) -> SafeString:
    """Clean HTML of our renderer with a link to `href` at each passage."""
    marker = _Marker(merged(passages), href)
    marker.feed(html)
    marker.close()
    return mark_safe("".join(marker.out))  # noqa: S308 - the renderer's own tags, text untouched


class _Marker(HTMLParser):
    """Copies tags as they stand and cuts the text between them at the borders of passages."""

    def __init__(self, passages: list[Passage], href: str):
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._passages = passages
        self._href = escape(href)
        self._text: list[str] = []  # code points since the last tag, each as it is written
        self._position = 0  # of the first of them
        self._links = 0  # how many links we are inside: a link holds no other

    def handle_starttag(self, tag, attrs):
        self._flush()
        self._links += tag == "a"
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag):
        self._flush()
        self._links -= tag == "a"
        self.out.append(f"</{tag}>")

    def handle_data(self, data):
        self._text.extend(data)

    def handle_entityref(self, name):
        self._add_reference(f"&{name};")

    def handle_charref(self, name):
        self._add_reference(f"&#{name};")

    def _add_reference(self, raw: str) -> None:
        self._text.extend([raw] if len(unescape(raw)) == 1 else raw)

    def close(self):
        super().close()
        self._flush()

    def _flush(self) -> None:
        start, end = self._position, self._position + len(self._text)
        text, self._text, self._position = self._text, [], end
        # White space between blocks may not stand in a link: lists hold items only.
        cuts = [p for p in self._passages if p.start < end and p.end > start]
        if not "".join(text).strip():
            cuts = []
        done = 0
        for passage in cuts:
            first, last = max(passage.start - start, 0), min(passage.end - start, len(text))
            self.out.append("".join(text[done:first]))
            self.out.append(self._marked("".join(text[first:last])))
            done = last
        self.out.append("".join(text[done:]))

    def _marked(self, words: str) -> str:
        if self._links:
            return f'<span class="rb-anchor">{words}</span>'
        return f'<a class="rb-anchor" href="{self._href}">{words}</a>'
