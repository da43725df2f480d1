"""How long a text and its sentences are."""

from dataclasses import dataclass

from consultations.standards.advising.reading import Reading


@dataclass(frozen=True)
class Readability:
    words: int
    sentences: int

    @property
    def words_per_sentence(self) -> float:
        return round(self.words / self.sentences, 1) if self.sentences else 0.0


def readability(text: str) -> Readability:
    """Words as a reader counts them: "KTP-el", "08.00" and a cited act are one each."""
    reading = Reading(text)
    counts = [reading.count(sentence) for sentence in reading.sentences]
    return Readability(sum(counts), len(counts))
