"""What clauses promise in figures: each kind read strictly, said in words, compared.

parse(json) → Target    target.dump() → the same json    target.in_words("id")
before.compare(after, "id") → Comparison: a direction for the citizen, and a sentence
"""

# Each module registers its kind.
from consultations.standards.targets import availability as availability
from consultations.standards.targets import channels as channels
from consultations.standards.targets import citations as citations
from consultations.standards.targets import fees as fees
from consultations.standards.targets import opening as opening
from consultations.standards.targets import product as product
from consultations.standards.targets import requirements as requirements
from consultations.standards.targets import staff as staff
from consultations.standards.targets import times as times
from consultations.standards.targets.base import Comparison as Comparison
from consultations.standards.targets.base import Difference as Difference
from consultations.standards.targets.base import Fact as Fact
from consultations.standards.targets.base import Target as Target
from consultations.standards.targets.base import check as check
from consultations.standards.targets.base import compare_stored as compare_stored
from consultations.standards.targets.base import kinds as kinds
from consultations.standards.targets.base import parse as parse
from consultations.standards.targets.base import parse_fields as parse_fields
from consultations.standards.targets.base import read as read
from consultations.standards.targets.enums import Direction as Direction
