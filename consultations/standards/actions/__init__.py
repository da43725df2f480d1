"""Every change to standards. Each action locks the standard's log first; called inside an outer
transaction that has locked it already, with other logs, it takes the same lock again.

`actor=None` means the program itself: a command that loads what is published already.
"""

from consultations.standards.actions.adopting import Adoption as Adoption
from consultations.standards.actions.adopting import Annex as Annex
from consultations.standards.actions.adopting import NotAllReady as NotAllReady
from consultations.standards.actions.adopting import adopt_revision as adopt_revision
from consultations.standards.actions.adopting import adopt_together as adopt_together
from consultations.standards.actions.adopting import check_together as check_together
from consultations.standards.actions.adopting import supersede_revision as supersede_revision
from consultations.standards.actions.announcing import (
    announce_coming_into_force as announce_coming_into_force,
)
from consultations.standards.actions.announcing import remind_of_reviews as remind_of_reviews
from consultations.standards.actions.decrees import record_decree as record_decree
from consultations.standards.actions.drafting import TargetChanged as TargetChanged
from consultations.standards.actions.drafting import delete_clause as delete_clause
from consultations.standards.actions.drafting import insert_clause as insert_clause
from consultations.standards.actions.drafting import move_clause as move_clause
from consultations.standards.actions.drafting import reword_clause as reword_clause
from consultations.standards.actions.drafting import set_target as set_target
from consultations.standards.actions.editing import NewWords as NewWords
from consultations.standards.actions.editing import WordsClash as WordsClash
from consultations.standards.actions.editing import discard_words as discard_words
from consultations.standards.actions.editing import edit_clause as edit_clause
from consultations.standards.actions.editing import keep_words as keep_words
from consultations.standards.actions.explaining import MOST_QUESTIONS as MOST_QUESTIONS
from consultations.standards.actions.explaining import ExplanationChanged as ExplanationChanged
from consultations.standards.actions.explaining import Question as Question
from consultations.standards.actions.explaining import explain_revision as explain_revision
from consultations.standards.actions.indexing import index_all as index_all
from consultations.standards.actions.indexing import index_standards as index_standards
from consultations.standards.actions.indexing import index_what_turned as index_what_turned
from consultations.standards.actions.keeping import end_publication as end_publication
from consultations.standards.actions.keeping import record_publication as record_publication
from consultations.standards.actions.keeping import record_registration as record_registration
from consultations.standards.actions.legal import record_legal_acts as record_legal_acts
from consultations.standards.actions.passages import PassageChanged as PassageChanged
from consultations.standards.actions.passages import create_passage as create_passage
from consultations.standards.actions.passages import decline_version as decline_version
from consultations.standards.actions.passages import leave_passage as leave_passage
from consultations.standards.actions.passages import newest_version as newest_version
from consultations.standards.actions.passages import revise_passage as revise_passage
from consultations.standards.actions.passages import use_passage as use_passage
from consultations.standards.actions.pledging import adopt_pledge as adopt_pledge
from consultations.standards.actions.publishing import publish_revision as publish_revision
from consultations.standards.actions.publishing import start_working_draft as start_working_draft
from consultations.standards.actions.rendering import render_words_anew as render_words_anew
from consultations.standards.actions.restructuring import merge_clauses as merge_clauses
from consultations.standards.actions.restructuring import record_ancestry as record_ancestry
from consultations.standards.actions.restructuring import split_clause as split_clause
from consultations.standards.actions.reverting import ChangedSince as ChangedSince
from consultations.standards.actions.reverting import revert_change as revert_change
from consultations.standards.actions.reviewing import record_review as record_review
from consultations.standards.actions.reviewing import set_review_months as set_review_months
from consultations.standards.actions.setting_up import create_component_set as create_component_set
from consultations.standards.actions.setting_up import create_service as create_service
from consultations.standards.actions.setting_up import create_standard as create_standard
from consultations.standards.actions.setting_up import open_service as open_service
from consultations.standards.actions.setting_up import set_up_register as set_up_register
from consultations.standards.actions.withdrawing import withdraw_revision as withdraw_revision
from consultations.standards.actions.working import FrozenRevision as FrozenRevision
from consultations.standards.actions.working import WordsChanged as WordsChanged
from consultations.standards.actions.working import words_changed as words_changed
