"""The sentences of a clause, to be chosen from where nothing can be selected."""

import re

MOST = 30

# A full stop inside "08.00", "Rp120.000" or "No. 5" ends nothing.
_END = re.compile(r"\n+|(?<=[.!?;])\s+(?=[^\W\d_a-z])")


def sentences(plain: str) -> list[str]:
    """In order; empty where there is nothing to choose between."""
    found = [sentence.strip() for sentence in _END.split(plain) if sentence.strip()]
    distinct = list(dict.fromkeys(found))
    return distinct[:MOST] if len(distinct) > 1 else []
