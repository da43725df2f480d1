"""What live hooks into: the ledger's announcements, and Django's sign-out."""

from consultations.live import actions as actions
from consultations.live import announcing as announcing
