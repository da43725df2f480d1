"""Waiting for a condition instead of sleeping for a guess."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_until(
    condition: Callable[[], T], timeout: float = 10.0, *, every: float = 0.02, what: str = ""
) -> T:
    """Ask again until the answer is true, and return it. AssertionError after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    while True:
        if answer := condition():
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"After {timeout} s still not: {what or condition!r}")
        time.sleep(every)
