"""What the three message scripts share: where catalogues are and which texts the code has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "id")
SOURCE_LANGUAGE = "en"
SOURCES = ("consultations", "forum", "templates")
PLURALS = {"en": "nplurals=2; plural=(n != 1);", "id": "nplurals=1; plural=0;"}


@dataclass
class Message:
    """A text of the code: its key is (context, text); `places` are files, for people."""

    text: str
    plural: str = ""
    context: str | None = None
    places: set[str] = field(default_factory=set)

    @property
    def key(self) -> tuple[str, str]:
        return (self.context or "", self.text)


def catalogue_path(language: str, root: Path = ROOT) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def open_catalogue(language: str, root: Path = ROOT) -> polib.POFile:
    """The language's catalogue, or an empty one with the header that we keep."""
    path = catalogue_path(language, root)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=0)
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": "rembuk",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    return catalogue


def messages_of_code(root: Path = ROOT) -> dict[tuple[str, str], Message]:
    """All texts that Python and templates mark for translation."""
    found: dict[tuple[str, str], Message] = {}
    for path in _sources(root):
        for message in _messages_of_file(path):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            known.places.add(path.relative_to(root).as_posix())
    return found


def _sources(root: Path) -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def _messages_of_file(path: Path) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        text = _as_python(text, path)
    extracted = extract("python", BytesIO(text.encode()), KEYWORDS, (), {"encoding": "utf-8"})
    for _line, texts, _comments, context in extracted:
        text, plural = texts if isinstance(texts, tuple) else (texts, "")
        yield Message(text, plural, context)


def _as_python(template: str, path: Path) -> str:
    """Django turns a template into calls amid blanked text; Babel reads it without indents."""
    calls = templatize(template, origin=str(path))
    return re.sub(r"^[ \t]+", "", calls, flags=re.MULTILINE)
