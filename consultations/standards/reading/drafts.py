"""A standard while it is read: titles, and stretches under one component or heading each."""

from dataclasses import dataclass, field

from consultations.standards.reading.blocks import Block, lines_of
from consultations.standards.reading.contract import ComponentNames
from consultations.standards.reading.doubts import Doubt, Place
from consultations.standards.reading.titles import ServiceName, Strength


@dataclass
class Stretch:
    """What stands under one heading. `component` None: under none that is known."""

    component: ComponentNames | None
    heading: str
    place: Place
    blocks: list[Block] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(line.text or line.doubts for line in lines_of(self.blocks))

    @property
    def is_unknown_heading(self) -> bool:
        return self.component is None and bool(self.heading)


@dataclass
class Draft:
    name: ServiceName = field(default_factory=ServiceName)
    titles: list[str] = field(default_factory=list)
    annex: str = ""
    stretches: list[Stretch] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)  # of the components that stand in it

    def add(self, stretch: Stretch) -> None:
        self.stretches.append(stretch)
        if stretch.component:
            self.keys.add(stretch.component.key)

    def is_headed(self) -> bool:
        """Whether it ends with a heading that nothing stands under yet."""
        last = self.stretches[-1] if self.stretches else None
        return last is not None and last.is_unknown_heading and last.is_empty

    def take_name(self, at: int) -> None:
        """The heading at this place names the service; what stands under it stays."""
        stretch = self.stretches[at]
        self.name.offer(stretch.heading, Strength.HEADING)
        self.titles.append(stretch.heading)
        stretch.heading = ""
        if stretch.is_empty and not stretch.doubts:
            del self.stretches[at]

    def heading_before(self, key: str, *, may_hold_words: bool) -> int | None:
        """Where the heading stands after which `key` did not stand yet, though it did before."""
        for at in range(len(self.stretches) - 1, -1, -1):
            stretch = self.stretches[at]
            if stretch.component and stretch.component.key == key:
                return None
            if stretch.is_unknown_heading and (may_hold_words or stretch.is_empty):
                return at
        return None

    def split_off(self, at: int) -> "Draft":
        """The next standard, which the heading at this place begins and names."""
        draft, kept = Draft(), self.stretches[:at]
        for stretch in self.stretches[at:]:
            draft.add(stretch)
        self.stretches, self.keys = [], set()
        for stretch in kept:
            self.add(stretch)
        draft.take_name(0)
        return draft
