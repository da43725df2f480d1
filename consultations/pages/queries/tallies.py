"""How many comments stand together, how many still wait for an answer, and what they want."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from consultations.threads.enums import Stance
from consultations.threads.queries import Counts


@dataclass
class Tally:
    """The sum of what stands on several wordings."""

    total: int = 0
    unanswered: int = 0
    stances: dict[str, int] = field(default_factory=dict)
    official: int = 0  # remarks of the agency's own people, which count apart

    @classmethod
    def of(cls, counts: dict[int | None, Counts], wordings) -> "Tally":
        tally = cls()
        for wording in wordings:
            found = counts.get(wording)
            if found is None:
                continue
            tally.total += found.total
            tally.unanswered += found.unanswered
            tally.official += found.official
            for stance, count in found.stances.items():
                tally.stances[stance] = tally.stances.get(stance, 0) + count
        return tally

    @property
    def answered(self) -> int:
        return self.total - self.unanswered

    @property
    def standing(self) -> int:
        """Everything that is to be read in the thread."""
        return self.total + self.official

    @property
    def stance_rows(self) -> list[tuple[str, str, int]]:
        """Stance, its word and count, the most frequent first; what is neutral is not named."""
        named = [(s.value, s.label, self.stances.get(s.value, 0)) for s in Stance]
        shown = [row for row in named if row[2] and row[0] != Stance.NEUTRAL]
        return sorted(shown, key=lambda row: -row[2])

    @property
    def shares(self) -> dict[str, int]:
        return {stance: count for stance, _label, count in self.stance_rows}

    @property
    def shares_in_words(self) -> str:
        words = (f"{count} {str(label).lower()}" for _stance, label, count in self.stance_rows)
        return _("Stances: %(words)s") % {"words": ", ".join(words)}
