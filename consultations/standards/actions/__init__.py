"""Every change to standards. Each action locks the standard's log first; called inside an outer
transaction that has locked it already, with other logs, it takes the same lock again.

`actor=None` means the program itself: a command that loads what is published already.
"""

from consultations.standards.actions.adopting import adopt_revision as adopt_revision
from consultations.standards.actions.adopting import record_decree as record_decree
from consultations.standards.actions.adopting import supersede_revision as supersede_revision
from consultations.standards.actions.drafting import delete_clause as delete_clause
from consultations.standards.actions.drafting import insert_clause as insert_clause
from consultations.standards.actions.drafting import move_clause as move_clause
from consultations.standards.actions.drafting import reword_clause as reword_clause
from consultations.standards.actions.drafting import set_target as set_target
from consultations.standards.actions.explaining import Question as Question
from consultations.standards.actions.explaining import explain_revision as explain_revision
from consultations.standards.actions.indexing import index_all as index_all
from consultations.standards.actions.indexing import index_standard as index_standard
from consultations.standards.actions.indexing import index_what_turned as index_what_turned
from consultations.standards.actions.keeping import end_publication as end_publication
from consultations.standards.actions.keeping import record_publication as record_publication
from consultations.standards.actions.keeping import record_registration as record_registration
from consultations.standards.actions.pledging import adopt_pledge as adopt_pledge
from consultations.standards.actions.publishing import publish_revision as publish_revision
from consultations.standards.actions.publishing import start_working_draft as start_working_draft
from consultations.standards.actions.rendering import render_words_anew as render_words_anew
from consultations.standards.actions.restructuring import merge_clauses as merge_clauses
from consultations.standards.actions.restructuring import split_clause as split_clause
from consultations.standards.actions.reverting import ChangedSince as ChangedSince
from consultations.standards.actions.reverting import revert_change as revert_change
from consultations.standards.actions.setting_up import create_component_set as create_component_set
from consultations.standards.actions.setting_up import create_service as create_service
from consultations.standards.actions.setting_up import create_standard as create_standard
from consultations.standards.actions.setting_up import set_up_register as set_up_register
from consultations.standards.actions.working import FrozenRevision as FrozenRevision
from consultations.standards.actions.working import WordsChanged as WordsChanged
