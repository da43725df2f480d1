"""Keyset paging: pages that neither skip nor repeat when rows arrive meanwhile. Numbered pages: of
what is ranked, where the next is wherever the ranking says."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Page:
    """Some rows in order, and the key after which the next page begins (None at the end)."""

    rows: list
    next_after: Any = None


@dataclass(frozen=True)
class NumberedPage:
    """Which of `total` rows a page shows; the last one where somebody asks for one beyond it."""

    asked: int
    size: int
    total: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def number(self) -> int:
        return min(max(self.asked, 1), self.last)

    @property
    def start(self) -> int:
        return (self.number - 1) * self.size

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None


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
