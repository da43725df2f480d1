"""Every change to comments: posting, hiding, answering, erasing."""

from consultations.threads.actions.erasing import erase_comment as erase_comment
from consultations.threads.actions.posting import PostedComment as PostedComment
from consultations.threads.actions.posting import TokenReused as TokenReused
from consultations.threads.actions.posting import post_comment as post_comment
from consultations.threads.actions.states import hide_comment as hide_comment
from consultations.threads.actions.states import mark_answered as mark_answered
from consultations.threads.actions.states import show_comment as show_comment
from consultations.threads.actions.states import unmark_answered as unmark_answered
