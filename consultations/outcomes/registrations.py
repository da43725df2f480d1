"""What this package takes part in further down. Imported once, when the app starts."""

from consultations.outcomes import gates as gates
from consultations.outcomes import kinds as kinds
from consultations.outcomes import privacy as privacy
from consultations.outcomes import record as record
