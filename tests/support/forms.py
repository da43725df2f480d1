"""What a browser would send of a form in a page."""

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self, form_id: str):
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, str] = {}
        self._form_id, self._is_inside = form_id, False
        self._text: str | None = None  # the name of the text box that is open
        self._select: str | None = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._is_inside = given.get("id") == self._form_id
        if not self._is_inside:
            return
        name = given.get("name")
        if tag == "input" and name:
            is_box = given.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in given:
                self.fields[name] = given.get("value") or ("on" if is_box else "")
        elif tag == "textarea" and name:
            self._text = name
            self.fields[name] = ""
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in given or self._select not in self.fields:
                self.fields[self._select] = given.get("value", "")

    def handle_data(self, data):
        if self._text:
            self.fields[self._text] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self._text:
            self.fields[self._text] = self.fields[self._text].removeprefix("\n")
            self._text = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._is_inside = False


def form_fields(page: str, form_id: str) -> dict[str, str]:
    """By name; buttons are the caller's to press. One value a name."""
    reader = _Reader(form_id)
    reader.feed(page)
    reader.close()
    return reader.fields
