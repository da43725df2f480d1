"""One at a time: who wants what another is just making waits for it instead of making it too."""

from collections.abc import Hashable
from threading import Lock


class Turns:
    """Locks by key. Two keys may share one, which costs a wait and nothing else."""

    def __init__(self, locks: int = 64):
        self._locks = [Lock() for _ in range(locks)]

    def at(self, key: Hashable) -> Lock:
        return self._locks[hash(key) % len(self._locks)]
