"""Every change to a consultation, its drafts and its participants.

`actor=None` means the program itself: a command that loads data.
"""

from consultations.proceedings.actions.drafts import add_draft as add_draft
from consultations.proceedings.actions.drafts import replace_draft as replace_draft
from consultations.proceedings.actions.participants import enter_participant as enter_participant
from consultations.proceedings.actions.participants import join as join
from consultations.proceedings.actions.stages import close_consultation as close_consultation
from consultations.proceedings.actions.stages import conclude_consultation as conclude_consultation
from consultations.proceedings.actions.stages import create_consultation as create_consultation
from consultations.proceedings.actions.stages import open_consultation as open_consultation
