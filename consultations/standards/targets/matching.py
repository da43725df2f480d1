"""Which row of one table is which row of the other."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.conf import settings

from consultations.kernel.fields import LocalizedText

Row = TypeVar("Row")


def matched(
    before: Iterable[Row], after: Iterable[Row], name: Callable[[Row], LocalizedText]
) -> list[tuple[Row | None, Row | None]]:
    """Pairs by name, in the order of `after`, what is gone at the end. Of rows with one name the
    first belongs to the first. A row under another name is another row."""
    left: dict[str, list[Row]] = {}
    for row in before:
        left.setdefault(key(name(row)), []).append(row)
    pairs: list[tuple[Row | None, Row | None]] = []
    for row in after:
        same = left.get(key(name(row)))
        pairs.append((same.pop(0) if same else None, row))
    return pairs + [(row, None) for rows in left.values() for row in rows]


def key(name: LocalizedText) -> str:
    """The name in the site's first language, which all have; case and spaces make no other."""
    text = LocalizedText(name).in_language(settings.LANGUAGE_CODE)
    return " ".join(text.casefold().split())
