"""One piece of advice about the words of a text."""

from dataclasses import dataclass
from enum import StrEnum

from consultations.standards.remarks import Remark


class AdviceCode(StrEnum):
    LONG_SENTENCE = "long-sentence"
    MANY_ITEMS = "many-items"
    PASSIVE = "passive"
    PASSIVE_CHAIN = "passive-chain"
    OFFICE_WORD = "office-word"
    ABBREVIATION = "abbreviation"
    NOUN_CHAIN = "noun-chain"
    DOUBLE_NEGATION = "double-negation"


@dataclass(frozen=True)
class Advice:
    """`start` and `end` are code points of the text; `excerpt` is what stands there.

    `message` is for the drafter, in the drafter's language; `suggestion` are words of the text's
    own language that could stand there instead ("" where there is no telling).
    """

    code: AdviceCode
    start: int
    end: int
    excerpt: str
    message: Remark
    suggestion: str = ""
