"""Reads: the register of standards, a revision as a document, and what changed between two."""

from consultations.standards.queries.comparison import ClauseChange as ClauseChange
from consultations.standards.queries.comparison import ClauseKind as ClauseKind
from consultations.standards.queries.comparison import changes_between as changes_between
from consultations.standards.queries.comparison import unexplained_labels as unexplained_labels
from consultations.standards.queries.documents import Document as Document
from consultations.standards.queries.documents import DocumentClause as DocumentClause
from consultations.standards.queries.documents import DocumentComponent as DocumentComponent
from consultations.standards.queries.documents import revision_document as revision_document
from consultations.standards.queries.history import ClauseVersion as ClauseVersion
from consultations.standards.queries.history import HistoryStep as HistoryStep
from consultations.standards.queries.history import clause_steps as clause_steps
from consultations.standards.queries.lineage import clauses_now as clauses_now
from consultations.standards.queries.register import RegisterRow as RegisterRow
from consultations.standards.queries.register import Standing as Standing
from consultations.standards.queries.register import adopted_before as adopted_before
from consultations.standards.queries.register import get_revision as get_revision
from consultations.standards.queries.register import get_standard as get_standard
from consultations.standards.queries.register import held_before as held_before
from consultations.standards.queries.register import published as published
from consultations.standards.queries.register import register_row as register_row
from consultations.standards.queries.register import revision_in_force as revision_in_force
from consultations.standards.queries.register import search_standards as search_standards
from consultations.standards.queries.register import standing as standing
from consultations.standards.queries.register import working_draft as working_draft
