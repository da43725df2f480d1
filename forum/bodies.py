"""How large the body of a request may be, by its path: little, but where files are sent."""

import re
from collections.abc import Iterable


class BodyLimits:
    def __init__(self, usual: int, others: Iterable[tuple[str, int]] = ()):
        self.usual = usual
        self._others = [(re.compile(pattern.encode()), limit) for pattern, limit in others]

    def limit_of(self, path: bytes) -> int:
        """`path` as it stands in the request's first line, with its query."""
        bare = path.partition(b"?")[0]
        matching = (limit for pattern, limit in self._others if pattern.fullmatch(bare))
        return next(matching, self.usual)
