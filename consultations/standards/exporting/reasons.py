"""Why each clause changed, as a file can say it: one reason a clause, where loading the file
changes that clause.

A person may move either of two neighbours, or reword a clause twice; the file holds only where all
ended. So the reasons of one clause are joined, and that of a move which the file does not show is
handed to the clause that stands elsewhere by it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from consultations.standards.actions.working import REASON_LIMIT
from consultations.standards.enums import ReasonKind
from consultations.standards.importing.parsing import ClauseData, Reason

# Of several reasons of one clause, the strongest kind stands.
_KINDS = [ReasonKind.LAW, ReasonKind.EDITORIAL, ReasonKind.AS_PUBLISHED]


@dataclass
class Given:
    """The reasons that were written down for one clause in one revision."""

    words: list[Reason] = field(default_factory=list)
    moves: list[Reason] = field(default_factory=list)
    inherited: list[Reason] = field(
        default_factory=list
    )  # of the split or merge that made or ended it

    def joined(self) -> Reason | None:
        return joined([*self.words, *self.moves]) or joined(self.inherited)


def joined(reasons: Iterable[Reason]) -> Reason | None:
    kept = list(dict.fromkeys(reasons))
    if not kept:
        return None
    kind = min((reason.kind for reason in kept), key=_KINDS.index)
    texts = dict.fromkeys(reason.text for reason in kept)
    return Reason(str(kind), "\n".join(texts)[:REASON_LIMIT].rstrip())


def reasons_by_clause(
    before: Sequence[ClauseData],
    after: Sequence[ClauseData],
    given: Mapping[str, Given],
    otherwise: Reason,
) -> dict[str, Reason]:
    """For each clause that is new, reworded, moved or gone, why; `otherwise` where nobody said."""
    old = {clause.key: clause for clause in before}
    moved = keys_moved(before, after)
    found: dict[str, Reason | None] = {}
    pool: list[Reason] = []
    for clause in after:
        own, was = given.get(clause.key, Given()), old.get(clause.key)
        is_reworded = was is None or words_of(was) != words_of(clause)
        if is_reworded or clause.key in moved:
            found[clause.key] = own.joined()
        else:
            pool += own.moves
    for key in old.keys() - {clause.key for clause in after}:
        found[key] = given.get(key, Given()).joined()
    silent = [key for key in moved if found[key] is None]
    if silent and pool:
        found |= dict.fromkeys(silent, joined(pool))
    return {key: reason or otherwise for key, reason in found.items()}


def words_of(clause: ClauseData) -> dict[str, tuple[str, str]]:
    return {
        language: (clause.headings.get(language, ""), body)
        for language, body in clause.words.items()
    }


def keys_moved(before: Sequence[ClauseData], after: Sequence[ClauseData]) -> list[str]:
    """Which clauses of the one before loading moves, when it writes the others in their order."""
    kept = {clause.key for clause in after}
    parents = {clause.key: clause.parent for clause in before}
    held = {above for key in kept & parents.keys() for above in _above(key, parents)}
    place: dict[str, str] = {}
    below: dict[str, list[str]] = {}
    for clause in before:
        # What is gone leaves first, unless something that stays stands below it.
        if clause.key in kept | held:
            place[clause.key] = _place(clause)
            below.setdefault(_place(clause), []).append(clause.key)
    moved, counts = [], dict.fromkeys(map(_place, after), 0)
    for clause in after:
        above, number = _place(clause), counts[_place(clause)]
        counts[above] += 1
        siblings = below.setdefault(above, [])
        if number < len(siblings) and siblings[number] == clause.key:
            continue
        if clause.key in place:
            moved.append(clause.key)
            below[place[clause.key]].remove(clause.key)
        place[clause.key] = above
        siblings.insert(number, clause.key)
    return moved


def _above(key: str, parents: Mapping[str, str]) -> list[str]:
    found = []
    while key := parents[key]:
        found.append(key)
    return found


def _place(clause: ClauseData) -> str:
    """What it stands below: another clause, or its component."""
    return clause.parent or f"component {clause.component}"
