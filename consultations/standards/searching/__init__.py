"""Full text search over the words that the register shows.

PostgreSQL searches with the stems of each language, SQLite (FTS5) by the beginnings of words. The
index is a table that only this package knows: it can be thrown away and made again at any time.
"""

from consultations.standards.searching.excerpts import Excerpt as Excerpt
from consultations.standards.searching.excerpts import excerpts as excerpts
from consultations.standards.searching.index import TABLE as TABLE
from consultations.standards.searching.index import Document as Document
from consultations.standards.searching.index import Facts as Facts
from consultations.standards.searching.index import Row as Row
from consultations.standards.searching.index import by_words as by_words
from consultations.standards.searching.index import install as install
from consultations.standards.searching.index import replace as replace
from consultations.standards.searching.terms import Terms as Terms
from consultations.standards.searching.terms import read_terms as read_terms
