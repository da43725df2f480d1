"""What packages above show on the pages of a standard: they register who makes it.

The page stays here, beside the words, so that a revision or a clause can be read without them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consultations.kernel.registry import Registry
from consultations.standards.models import Revision, Standard


@dataclass(frozen=True)
class Place:
    """Which page: a service's, one revision's, or one clause's."""

    standard: Standard
    revision: Revision | None = None
    label: str = ""


@dataclass(frozen=True)
class Section:
    template: str  # is given `section`
    content: Any
    state: tuple  # what it depends on: when that is the same, so is what it shows


Builder = Callable[[Place, datetime], Section | None]
sections: Registry[Builder] = Registry("sections of a standard's page")


def sections_of(place: Place, at: datetime) -> list[Section]:
    """In the order in which they were registered, without those that have nothing to show."""
    found = (build(place, at) for build in sections)
    return [section for section in found if section is not None]
