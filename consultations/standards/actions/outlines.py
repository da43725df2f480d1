"""The order of a working draft's clauses, and the numbers that follow from it."""

from collections import defaultdict

from consultations.standards.models import Component, Placement, Revision


class Outline:
    """All placements of a draft as a tree. `save` numbers them anew: "3.1" is the first clause of
    component 3, "3.1.2" the second below it; positions rise in reading order."""

    def __init__(self, revision: Revision):
        self.revision = revision
        self.by_id: dict[int, Placement] = {}
        self._children: dict[tuple[int, int | None], list[Placement]] = defaultdict(list)
        found = Placement.objects.filter(revision=revision).select_related("component")
        for placement in found.order_by("position", "id"):
            self.by_id[placement.pk] = placement
            self._children[placement.component_id, placement.parent_id].append(placement)

    def of_clause(self, clause_id: int) -> Placement | None:
        return next((p for p in self.by_id.values() if p.clause_id == clause_id), None)

    def by_label(self, label: str) -> Placement | None:
        return next((p for p in self.by_id.values() if p.label == label), None)

    def children(self, placement: Placement) -> list[Placement]:
        return self._children[placement.component_id, placement.pk]

    def siblings(self, placement: Placement) -> list[Placement]:
        """With itself, in their order."""
        return self._children[placement.component_id, placement.parent_id]

    def place_behind(self, placement: Placement, *, moving: Placement | None = None) -> int:
        """The position among its siblings that stands behind this one, counted from 1, and without
        the one that is to be put there."""
        others = [each for each in self.siblings(placement) if each is not moving]
        return others.index(placement) + 2

    def place_of(self, placement: Placement) -> int:
        """Its own position among its siblings, counted from 1."""
        return self.siblings(placement).index(placement) + 1

    def stands_below(self, placement: Placement, other: Placement | None) -> bool:
        """Whether `placement` is `other` or below it."""
        while placement and other:
            if placement.pk == other.pk:
                return True
            placement = self.by_id.get(placement.parent_id)
        return False

    def put(
        self,
        placement: Placement,
        component: Component,
        parent: Placement | None,
        position: int | None,
    ) -> None:
        """Puts it at that position (from 1; None or beyond: the end), from wherever it stood."""
        self.take_out(placement)
        below = self.children(placement)
        self.by_id[placement.pk] = placement
        placement.component, placement.parent = component, parent
        siblings = self._children[component.pk, parent.pk if parent else None]
        siblings.insert(len(siblings) if position is None else max(0, position - 1), placement)
        for child in list(below):
            self.put(child, component, placement, None)

    def take_out(self, placement: Placement) -> None:
        self.by_id.pop(placement.pk, None)
        siblings = self._children[placement.component_id, placement.parent_id]
        if placement in siblings:
            siblings.remove(placement)

    def save(self) -> None:
        """Writes what is new; one query, however much moved."""
        before = {
            row[0]: row[1:]
            for row in Placement.objects.filter(revision=self.revision).values_list(
                "pk", "component_id", "parent_id", "position", "label"
            )
        }
        self._number()
        changed = [
            placement
            for placement in self.by_id.values()
            if before[placement.pk]
            != (placement.component_id, placement.parent_id, placement.position, placement.label)
        ]
        Placement.objects.bulk_update(
            changed, ["component", "parent", "position", "label"], batch_size=200
        )

    def _number(self) -> None:
        components = {p.component_id: p.component for p in self.by_id.values()}
        for component in components.values():
            self._number_below(component, None, str(component.number), 0)

    def _number_below(
        self, component: Component, parent_id: int | None, prefix: str, position: int
    ) -> int:
        for number, placement in enumerate(self._children[component.pk, parent_id], 1):
            position += 1
            placement.position, placement.label = position, f"{prefix}.{number}"
            position = self._number_below(component, placement.pk, placement.label, position)
        return position
