"""What this package takes part in further down. Imported once, when the app starts.

Before the registrations of `proceedings` and `threads`: an appeal is erased while it is still known
whose comment it is about.
"""

from consultations.moderation import gates as gates
from consultations.moderation import kinds as kinds
from consultations.moderation import privacy as privacy
from consultations.moderation import record as record
