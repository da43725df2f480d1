"""A sentence for the reader, put into words when it is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Remark:
    """`str()` is the sentence in the language of that moment.

    Django's lazy texts are translated as soon as values are put into them; what is worked out once
    and shown to several people must wait.
    """

    text: Any  # a lazy text with %(name)s in it
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return str(self.text) % self.values
