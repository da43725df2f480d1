"""What helps a drafter and comes from elsewhere: advice on words, clauses in figures, proposals.

The editor asks here; the modules that know take part by registering themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from consultations.kernel.registry import Registry
from consultations.standards.models import Placement, Revision


@dataclass(frozen=True)
class Advice:
    """A remark on a passage, never a block: the passage as it stands, what is hard about it, and
    what could stand there instead."""

    excerpt: str
    message: Any  # a sentence, or what is one when it is shown
    suggestion: str = ""


class TargetForm(Protocol):
    """A form for what a clause promises in figures. `save` makes the one action call."""

    def is_valid(self) -> bool: ...

    def save(self, *, actor, placement: Placement, at) -> None: ...


@dataclass(frozen=True)
class ProposedQuestion:
    text: dict[str, str]  # by language
    clause_ids: Sequence[int] = ()


@dataclass(frozen=True)
class Explanation:
    """“What changes for you” by language, and plain questions."""

    summary: dict[str, str]
    questions: Sequence[ProposedQuestion] = ()


advisers: Registry[Callable[[str, str], Sequence[Advice]]] = Registry("advice on words")
target_forms: Registry[Callable[..., TargetForm]] = Registry("form of a target")
proposers: Registry[Callable[[Revision], Explanation]] = Registry("proposed explanation")


def advice_for(plain: str, language: str) -> list[Advice]:
    """All that is to be said about these words, in the order in which advisers registered."""
    return [advice for adviser in advisers for advice in adviser(plain, language)]


def target_form(placement: Placement, data=None) -> TargetForm | None:
    """The form in which a clause's promise is stated in figures, filled in from `data`."""
    for make in target_forms:
        return make(placement, data)
    return None


def propose_explanation(revision: Revision) -> Explanation | None:
    """A first proposal from what changed; None where nobody makes one."""
    for propose in proposers:
        return propose(revision)
    return None
