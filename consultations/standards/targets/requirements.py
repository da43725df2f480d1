"""What to bring: documents, each as original or copy, how many, and when it is needed at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.kernel.fields import LocalizedText
from consultations.standards.fields import Fields, refused
from consultations.standards.targets.base import MOST_ROWS, Difference, Fact, Target, kinds
from consultations.standards.targets.enums import Direction, DocumentForm
from consultations.standards.targets.matching import matched
from consultations.standards.targets.wording import arrow


@dataclass(frozen=True)
class Document:
    name: LocalizedText
    form: str = ""
    count: int | None = None
    condition: LocalizedText | None = None  # such as “if it was lost”; None: always needed

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        document = cls(
            fields.localized("name"),
            fields.option("form", DocumentForm.values),
            fields.number("count", least=1, most=1_000, whole=True, required=False),
            fields.localized("condition") if "condition" in fields else None,
        )
        fields.end()
        return document

    def dump(self) -> dict:
        given = {"form": self.form, "count": self.count, "condition": self.condition}
        return {"name": self.name} | {name: value for name, value in given.items() if value}

    def __str__(self) -> str:
        parts = [str(DocumentForm(self.form).label)] if self.form else []
        if self.count:
            parts.append(_count(str(self.count), self.count))
        name = f"{self.name} ({', '.join(parts)})" if parts else str(self.name)
        return f"{name}, {self.condition}" if self.condition else name


@kinds.register("requirements")
@dataclass(frozen=True)
class Requirements(Target):
    rows: tuple[Document, ...]

    kind = "requirements"
    label = gettext_lazy("Requirements")

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        parts = fields.objects("rows", most=MOST_ROWS)
        if not parts:
            raise refused(fields.at("rows"), _("at least one is expected"))
        return cls(tuple(Document.parse(part) for part in parts))

    def dump(self) -> dict:
        return {"kind": self.kind, "rows": [document.dump() for document in self.rows]}

    def facts(self) -> tuple[Fact, ...]:
        return tuple(Fact(str(document)) for document in self.rows)

    def differences(self, after: Self) -> list[Difference]:
        differences = []
        for one, other in matched(self.rows, after.rows, lambda document: document.name):
            if other is None:
                differences.append(_no_longer(one))
            elif one is None:
                differences.append(_newly(other))
            elif one != other:
                differences += _demands(one, other)
        return differences or [_in_another_order(after)]

    def question(self) -> str:
        return _("Can you get all of these documents without trouble: %(documents)s?") % {
            "documents": self
        }


def _demands(before: Document, after: Document) -> Iterator[Difference]:
    """How the same document is asked for differently."""
    name = {"document": str(after.name)}
    if before.form != after.form:
        yield _form(before, after)
    one, other = before.count or 1, after.count or 1
    if one != other:
        words = name | {"change": _count(arrow(one, other), other)}
        direction = Direction.BETTER if other < one else Direction.WORSE
        plain = (
            _("You bring fewer of it: %(document)s, %(change)s.")
            if other < one
            else _("You bring more of it: %(document)s, %(change)s.")
        )
        yield Difference(direction, _("%(document)s: %(change)s") % words, plain % words)
    if before.condition != after.condition:
        yield _condition(before, after)


def _form(before: Document, after: Document) -> Difference:
    words = {"document": after.name, "before": _form_words(before), "after": _form_words(after)}
    if after.form in DocumentForm.COPY_IS_ENOUGH and before.form == DocumentForm.ORIGINAL:
        sentence = _("a copy is now enough: %(document)s") % words
        return Difference(
            Direction.BETTER, sentence, _("A copy is now enough; you keep your original: "
            "%(document)s.") % words,
        )  # fmt: skip
    if after.form == DocumentForm.ORIGINAL and before.form in DocumentForm.COPY_IS_ENOUGH:
        sentence = _("the original is now asked for: %(document)s") % words
        plain = _("A copy is no longer enough; you bring the original: %(document)s.") % words
        return Difference(Direction.WORSE, sentence, plain)
    sentence = _("%(document)s: %(before)s → %(after)s") % words
    plain = _("You bring it in another form: %(document)s, %(after)s.") % words
    return Difference(Direction.CHANGED, sentence, plain)


def _condition(before: Document, after: Document) -> Difference:
    words = {"document": after.name, "before": before.condition, "after": after.condition}
    if before.condition is None:
        sentence = _("now only %(after)s: %(document)s") % words
        return Difference(
            Direction.BETTER, sentence, _("You need it only %(after)s now: %(document)s.") % words
        )
    if after.condition is None:
        sentence = _("now always asked for: %(document)s; before only %(before)s") % words
        plain = _("You now always need it: %(document)s; before only %(before)s.") % words
        return Difference(Direction.WORSE, sentence, plain)
    sentence = _("%(document)s: %(before)s → %(after)s") % words
    plain = _("When you need it is stated anew: %(document)s, %(after)s.") % words
    return Difference(Direction.CHANGED, sentence, plain)


def _no_longer(document: Document) -> Difference:
    words = {"document": document}
    return Difference(
        Direction.BETTER,
        _("no longer asked for: %(document)s") % words,
        _("You no longer need to bring: %(document)s.") % words,
    )


def _newly(document: Document) -> Difference:
    words = {"document": document}
    return Difference(
        Direction.WORSE,
        _("newly asked for: %(document)s") % words,
        _("You now also need to bring: %(document)s.") % words,
    )


def _in_another_order(after: Requirements) -> Difference:
    sentence = _("the same documents in another order")
    return Difference(Direction.CHANGED, sentence, _("You bring the same documents as before."))


def _form_words(document: Document) -> str:
    return str(DocumentForm(document.form).label) if document.form else _("in any form")


def _count(figures: str, count: int) -> str:
    return ngettext("%(n)s sheet", "%(n)s sheets", count) % {"n": figures}
