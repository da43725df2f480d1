"""What registers elsewhere ask of a standard, filled in from its words.

A register is data: its fields in the order of its form, each with where its value comes from.
    {"label": {"id": "Nomor SK", "en": "Number of the decree"}, "from": "decree_number"}
    {"label": {…}, "from": "component", "component": "fee"}
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from consultations.kernel.fields import LocalizedText
from consultations.standards.fields import Fields
from consultations.standards.models import ExternalRegister
from consultations.standards.queries.documents import Document, DocumentComponent
from consultations.standards.standings import plain_day

FORMAT = "rembuk-register/1"
_COMPONENT = "component"


@dataclass(frozen=True)
class Entry:
    """One field of the sheet; an empty value has to be filled in there by hand."""

    dom_id: str
    label: str
    value: str


@dataclass(frozen=True)
class RegisterData:
    key: str
    name: LocalizedText
    url: str
    fields: list[dict]


_SOURCES: dict[str, Callable[[Document], str]] = {
    "title": lambda document: _text(document, document.revision.standard.service.name),
    "agency": lambda document: _text(document, document.revision.standard.service.agency.name),
    "address": lambda document: document.revision.standard.service.agency.address,
    "sector": lambda document: document.revision.standard.service.sector,
    "kind": lambda document: str(document.revision.standard.service.get_kind_display()),
    "decree_number": lambda document: getattr(document.revision.decree, "number", ""),
    "decree_day": lambda document: plain_day(getattr(document.revision.decree, "dated_on", None)),
    "in_force_day": lambda document: plain_day(document.revision.effective_on),
    "page": lambda document: settings.SITE_URL + document.revision.get_absolute_url(),
}


def sheet(register: ExternalRegister, document: Document) -> list[Entry]:
    """Exactly its fields in its order, each as text to copy over."""
    parts = {part.key: part for part in document.components}
    return [
        Entry(
            f"field-{number}",
            LocalizedText(asked["label"]).in_language(document.language),
            _value(asked, document, parts),
        )
        for number, asked in enumerate(register.fields, 1)
    ]


def parse_register(content: dict) -> RegisterData:
    """Strict: Invalid names the place in the file that is wrong."""
    fields = Fields(content, "")
    fields.choice("format", {FORMAT})
    fields.text("source", limit=2_000, required=False)  # where its form was seen
    asked = []
    for part in fields.objects("fields", most=100):
        found = {"label": part.localized("label"), "from": part.choice("from", _known())}
        if found["from"] == _COMPONENT:
            found["component"] = part.text("component", limit=40)
        part.end()
        asked.append(found)
    data = RegisterData(
        fields.text("key", limit=40),
        fields.localized("name"),
        fields.text("url", limit=200, required=False),
        asked,
    )
    fields.end()
    return data


def _known() -> list[str]:
    return [*_SOURCES, _COMPONENT]


def _value(asked: dict, document: Document, parts: dict[str, DocumentComponent]) -> str:
    if asked["from"] != _COMPONENT:
        return _SOURCES[asked["from"]](document)
    part = parts.get(asked["component"])
    return _words(part) if part else ""


def _words(part: DocumentComponent) -> str:
    """Numbered where there are several, as forms of one field want it."""
    if len(part.clauses) == 1:
        return _clause(part.clauses[0])
    return "\n".join(f"{n}. {_clause(clause)}" for n, clause in enumerate(part.clauses, 1))


def _clause(clause) -> str:
    return f"{clause.heading}: {clause.plain}" if clause.heading else clause.plain


def _text(document: Document, text: LocalizedText) -> str:
    return text.in_language(document.language)
