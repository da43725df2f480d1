"""What a reader of a file was not sure of, as code, place and values: a preview stores these, and
says them in the language of whoever looks."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

_EXCERPT = 80


@dataclass(frozen=True)
class Place:
    """Where in the file: (("table", 1), ("row", 3)). As text: “table 1, row 3”."""

    steps: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, **steps: object) -> "Place":
        return cls(tuple((kind, str(number)) for kind, number in steps.items()))

    def then(self, **steps: object) -> "Place":
        return Place(self.steps + Place.of(**steps).steps)

    def __str__(self) -> str:
        return ", ".join(gettext(_STEPS[kind]) % number for kind, number in self.steps)


_STEPS = {
    "heading": _("heading %s"),
    "line": _("line %s"),
    "paragraph": _("paragraph %s"),
    "row": _("row %s"),
    "table": _("table %s"),
}


class DoubtCode(StrEnum):
    COMMENTS = "comments"
    DECREE = "decree"
    EMBEDDED = "embedded"
    EMPTY = "empty"
    FOOTNOTE = "footnote"
    HIDDEN_CHARACTERS = "hidden_characters"
    HIDDEN_TEXT = "hidden_text"
    LONG_TEXT = "long_text"
    MINIMAL_STANDARD = "minimal_standard"
    MISSING = "missing"
    NOT_A_STANDARD = "not_a_standard"
    NO_SERVICE = "no_service"
    OUTSIDE = "outside"
    PICTURE = "picture"
    PROCEDURE = "procedure"
    SERVICE_GUESSED = "service_guessed"
    STRUCK_TEXT = "struck_text"
    SYMBOL = "symbol"
    TABLE = "table"
    TEXT_BOX = "text_box"
    TRACKED_ADDITION = "tracked_addition"
    TRACKED_CHANGE = "tracked_change"
    TRACKED_DELETION = "tracked_deletion"
    TWICE = "twice"
    UNKNOWN_COMPONENT = "unknown_component"
    UNSURE_COMPONENT = "unsure_component"


_MESSAGES = {
    DoubtCode.COMMENTS: _("Comments in the margin were not read."),
    DoubtCode.DECREE: _("The file names another decree too: %(other)s. Check which one adopts it."),
    DoubtCode.EMBEDDED: _("A file that is embedded or linked here was not read."),
    DoubtCode.EMPTY: _("“%(name)s” is there, but nothing stands under it."),
    DoubtCode.FOOTNOTE: _("A note was put in brackets where its number stood: “%(text)s”."),
    DoubtCode.HIDDEN_CHARACTERS: _("Characters that cannot be shown were left out."),
    DoubtCode.HIDDEN_TEXT: _("Words that the file hides were left out: “%(text)s”."),
    DoubtCode.LONG_TEXT: _("This was too long for one clause and was cut into several."),
    DoubtCode.MINIMAL_STANDARD: _(
        "This speaks of minimum service standards (SPM), which are not service standards."
    ),
    DoubtCode.MISSING: _("“%(name)s” was not found."),
    DoubtCode.NOT_A_STANDARD: _("Hardly any component was found: is this a service standard?"),
    DoubtCode.NO_SERVICE: _("The name of the service was not found."),
    DoubtCode.OUTSIDE: _("This stands under no component."),
    DoubtCode.PICTURE: _("A picture stands here. Write what it says in words."),
    DoubtCode.PROCEDURE: _("This looks like an operating procedure (SOP), not a service standard."),
    DoubtCode.SERVICE_GUESSED: _("The name of the service is a guess."),
    DoubtCode.STRUCK_TEXT: _("Words that are crossed out were kept: “%(text)s”."),
    DoubtCode.SYMBOL: _("A sign of a special font could not be read."),
    DoubtCode.TABLE: _("A table was written as a list. Check that its rows are right."),
    DoubtCode.TEXT_BOX: _("This stood in a text box, apart from the text around it."),
    DoubtCode.TRACKED_ADDITION: _("A tracked change was taken as accepted. Added: “%(added)s”."),
    DoubtCode.TRACKED_DELETION: _(
        "A tracked change was taken as accepted. Deleted: “%(deleted)s”."
    ),
    DoubtCode.TRACKED_CHANGE: _(
        "Tracked changes were taken as accepted. Added: “%(added)s”. Deleted: “%(deleted)s”."
    ),
    DoubtCode.TWICE: _("“%(name)s” stands there more than once."),
    DoubtCode.UNKNOWN_COMPONENT: _("“%(name)s” is no component that is known."),
    DoubtCode.UNSURE_COMPONENT: _("“%(heading)s” was taken for “%(name)s”."),
}


@dataclass(frozen=True)
class Doubt:
    code: DoubtCode
    place: Place = Place()
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def about(cls, code: DoubtCode, place: Place = Place(), **values: str) -> "Doubt":
        return cls(code, place, tuple((name, _excerpt(text)) for name, text in values.items()))

    @property
    def message(self) -> str:
        """A sentence in the language of the reader."""
        return gettext(_MESSAGES[self.code]) % dict(self.values)


def tracked(place: Place, added: str, deleted: str) -> Doubt:
    """The doubt about a tracked change, by what it did."""
    if not deleted:
        return Doubt.about(DoubtCode.TRACKED_ADDITION, place, added=added)
    if not added:
        return Doubt.about(DoubtCode.TRACKED_DELETION, place, deleted=deleted)
    return Doubt.about(DoubtCode.TRACKED_CHANGE, place, added=added, deleted=deleted)


def _excerpt(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1].rstrip() + "…"
