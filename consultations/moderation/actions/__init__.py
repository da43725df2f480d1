"""Moderators' decisions, and the last gate: what the desk does beside recording outcomes."""

from consultations.moderation.actions.adopting import bring_into_force as bring_into_force
from consultations.moderation.actions.hiding import APPEAL_LIMIT as APPEAL_LIMIT
from consultations.moderation.actions.hiding import NOTE_LIMIT as NOTE_LIMIT
from consultations.moderation.actions.hiding import decide_appeal as decide_appeal
from consultations.moderation.actions.hiding import file_appeal as file_appeal
from consultations.moderation.actions.hiding import hide as hide
from consultations.moderation.actions.hiding import undo_hiding as undo_hiding
