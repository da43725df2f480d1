"""Registries: how a lower package lets the packages above it take part without knowing them.

The lower package owns the registry; upper packages fill it when the app starts (`apps.ready`).
"""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Named entries in the order in which they were registered; a name is taken once."""

    def __init__(self, name: str):
        self.name = name
        self._entries: dict[str, T] = {}

    def register(self, key: str) -> Callable[[T], T]:
        """Decorator: `@checks.register("unanswered")`."""

        def add(entry: T) -> T:
            if self._entries.get(key, entry) is not entry:
                raise ValueError(f"{self.name}: {key!r} is registered already")
            self._entries[key] = entry
            return entry

        return add

    def __getitem__(self, key: str) -> T:
        return self._entries[key]

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def __iter__(self) -> Iterator[T]:
        return iter(self._entries.values())

    def items(self) -> list[tuple[str, T]]:
        return list(self._entries.items())
