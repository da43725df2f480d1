"""Keyset paging: pages that neither skip nor repeat when rows arrive meanwhile."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Page:
    """Some rows in order, and the key after which the next page begins (None at the end)."""

    rows: list
    next_after: Any = None


def page(queryset, *, key: str = "number", after: int | None = None, size: int = 30) -> Page:
    """The rows beyond `after` by a unique `key`; a leading minus means the newest first."""
    column = key.removeprefix("-")
    if after is not None:
        queryset = queryset.filter(**{f"{column}__{'lt' if key[0] == '-' else 'gt'}": after})
    rows = list(queryset.order_by(key)[: size + 1])
    if len(rows) <= size:
        return Page(rows)
    return Page(rows[:size], getattr(rows[size - 1], column))


def after_of(value: str | None) -> int | None:
    """A page's start from the URL; what is not a plain number starts at the beginning."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 16 else None
