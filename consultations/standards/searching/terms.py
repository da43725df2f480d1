"""What somebody typed into the search box, as words and phrases that must all be found."""

import re
from dataclasses import dataclass

MOST_TERMS = 8
# Shorter words are sought as they are: "SIM" must not find "simpan".
SHORTEST_BEGINNING = 4

_QUOTED = re.compile(r'"([^"]*)"')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Terms:
    """Each term is one word, or several that stand together."""

    terms: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    def for_postgresql(self, *, of_any: bool = False) -> str:
        """In the syntax of to_tsquery. Words hold letters and digits only, so nothing escapes."""
        return (" | " if of_any else " & ").join(_tsquery(term) for term in self.terms)

    def for_sqlite(self) -> str:
        """In the syntax of FTS5."""
        return " AND ".join(_fts5(term) for term in self.terms)


def read_terms(text: str) -> Terms:
    phrases = [tuple(_WORD.findall(found)) for found in _QUOTED.findall(text)]
    words = [(word,) for word in _WORD.findall(_QUOTED.sub(" ", text))]
    found = dict.fromkeys(term for term in [*phrases, *words] if term)
    return Terms(tuple(found)[:MOST_TERMS])


def is_beginning(term: tuple[str, ...]) -> bool:
    """Whether longer words that begin so are meant too."""
    return len(term) == 1 and len(term[0]) >= SHORTEST_BEGINNING


def _tsquery(term: tuple[str, ...]) -> str:
    if len(term) > 1:
        return "(" + " <-> ".join(f"'{word}'" for word in term) + ")"
    return f"'{term[0]}':*" if is_beginning(term) else f"'{term[0]}'"


def _fts5(term: tuple[str, ...]) -> str:
    quoted = '"' + " ".join(term) + '"'
    return f"{quoted}*" if is_beginning(term) else quoted
