"""Rendered words as a tree, for what is not HTML: printed papers, office files.

Made of the HTML that `render` wrote, so that what is read there is what is read on the page, and
only what richtext allows can come up. The nodes are plain, so that they can be sent as JSON:

    {"kind": "paragraph", "nodes": [inline, …]}
    {"kind": "list", "start": 1, "items": [[block, …], …]}      start: None for bullets
    {"kind": "text", "text": "…"}   {"kind": "break"}
    {"kind": "emphasis" | "strong", "nodes": […]}   {"kind": "link", "address": "…", "nodes": […]}
"""

from html.parser import HTMLParser
from urllib.parse import urljoin

_INLINE = {"em": "emphasis", "strong": "strong", "a": "link"}


def tree(html: str, *, base: str) -> list[dict]:
    """The blocks of HTML from `render`; links within the site are made whole with `base`."""
    reader = _Reader(base)
    reader.feed(html)
    reader.close()
    return reader.blocks


class _Reader(HTMLParser):
    """Keeps the open places: lists of blocks, of items or of inline nodes, the innermost last."""

    def __init__(self, base: str):
        super().__init__(convert_charrefs=True)
        self._base = base
        self.blocks: list[dict] = []
        self._open: list[tuple[str, list]] = [("", self.blocks)]

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in {"ul", "ol"}:
            start = int(given.get("start") or 1) if tag == "ol" else None
            self._enter(tag, {"kind": "list", "start": start, "items": []}, "items")
        elif tag == "li":
            item: list[dict] = []
            self._open[-1][1].append(item)
            self._open.append((tag, item))
        elif tag == "p":
            self._enter(tag, {"kind": "paragraph", "nodes": []}, "nodes")
        elif tag == "br":
            self._inline().append({"kind": "break"})
        elif tag in _INLINE:
            node: dict = {"kind": _INLINE[tag]}
            if tag == "a":
                node["address"] = urljoin(self._base, given.get("href") or "")
            node["nodes"] = []
            self._inline().append(node)
            self._open.append((tag, node["nodes"]))

    def handle_endtag(self, tag):
        if tag in {"ul", "ol", "li", "p"}:
            self._leave_line()
        if len(self._open) > 1 and self._open[-1][0] == tag:
            self._open.pop()

    def handle_data(self, data):
        # Between blocks there are line ends only, and one behind each forced line break.
        if text := data.replace("\n", ""):
            self._inline().append({"kind": "text", "text": text})

    def _enter(self, tag: str, node: dict, inside: str) -> None:
        self._leave_line()
        self._open[-1][1].append(node)
        self._open.append((tag, node[inside]))

    def _inline(self) -> list[dict]:
        """The innermost place for words: those of a tight list's item get a paragraph."""
        tag, place = self._open[-1]
        if tag in {"", "li"}:
            self._enter("line", {"kind": "paragraph", "nodes": []}, "nodes")
            place = self._open[-1][1]
        return place

    def _leave_line(self) -> None:
        if self._open[-1][0] == "line":
            self._open.pop()
