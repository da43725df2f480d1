"""How a notice leaves the house: packages above know where people are reached."""

from collections.abc import Callable
from dataclasses import dataclass

from consultations.kernel.registry import Registry


@dataclass(frozen=True)
class Recipient:
    """Where one person is reached by a channel, and in which language."""

    address: str
    language: str


# By channel ("email"): whom of these users it reaches now. Who is left out is told in the inbox.
channels: Registry[Callable[[list[int]], dict[int, Recipient]]] = Registry("notices.channels")
