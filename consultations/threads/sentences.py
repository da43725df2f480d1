"""The sentences of a clause, to be chosen from where nothing can be selected."""

from consultations.standards.sentences import spans

MOST = 30


def sentences(plain: str) -> list[str]:
    """In order; empty where there is nothing to choose between."""
    distinct = list(dict.fromkeys(plain[start:end] for start, end in spans(plain)))
    return distinct[:MOST] if len(distinct) > 1 else []
