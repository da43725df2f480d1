"""Two of the three gates of DESIGN §7, that of withdrawal, and what each of them finds missing.

A check takes a revision and returns what it lacks. The checks of this package stand here; those
of threads, outcomes and others are registered from above. (The third gate, concluding a
consultation, belongs to `proceedings`; it uses the same parts.)
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.kernel.errors import Conflict
from consultations.kernel.registry import Registry
from consultations.standards.enums import ReasonKind, RevisionState
from consultations.standards.models import Component, Placement, Revision
from consultations.standards.queries import adopted_before, unexplained_labels


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: a sentence, where to mend it, and how many there are."""

    message: str
    url: str = ""
    count: int = 1


@dataclass(frozen=True)
class Gate:
    """How a gate's page names itself, and what follows from passing it."""

    name: str
    title: str
    action: str
    consequences: list[str]
    may_act: bool


@dataclass(frozen=True)
class Way:
    """A place where a working draft is put before the public."""

    label: str
    url: str


Check = Callable[[Revision], list[Lack]]
publication: Registry[Check] = Registry("gate of publication")
coming_into_force: Registry[Check] = Registry("gate of coming into force")
# Where a draft can be consulted on; consultations are above, and say so themselves.
consulting: Registry[Callable[[Revision], list[Way]]] = Registry("ways into a consultation")
withdrawal: Registry[Check] = Registry("gate of withdrawal")


class GateClosed(Conflict):
    """Something is missing; `lacks` says what."""

    code = "gate_closed"

    def __init__(self, found: list[Lack]):
        super().__init__(" ".join(lack.message for lack in found))
        self.lacks = found
        self.errors = {"__all__": [lack.message for lack in found]}


def lacks(registry: Registry, subject) -> list[Lack]:
    """All that is missing, in the order in which the checks were registered."""
    return [lack for check in registry for lack in check(subject)]


def place_to_mend(revision: Revision) -> str:
    """Where what is missing in the words is mended: in the editor, while they can still change."""
    if revision.state != RevisionState.WORKING:
        return revision.get_absolute_url()
    service = revision.standard.service
    return reverse("draft", args=[service.agency.slug, service.slug])


def check_gate(registry: Registry, subject) -> None:
    if found := lacks(registry, subject):
        raise GateClosed(found)


@publication.register("changes_have_reasons")
def changes_have_reasons(revision: Revision) -> list[Lack]:
    """A reason is an outcome, or a sentence with its kind."""
    unexplained = revision.changes.filter(reverted_at=None, reason="").exclude(
        reason_kind=ReasonKind.OUTCOME
    )
    if not (count := unexplained.count()):
        return []
    message = ngettext(
        "%(count)d change has no reason.", "%(count)d changes have no reason.", count
    )
    return [Lack(message % {"count": count}, place_to_mend(revision), count)]


@publication.register("clauses_have_words")
def clauses_have_words(revision: Revision) -> list[Lack]:
    """Each clause in the language in which standards are law; other languages may follow."""
    placements = Placement.objects.filter(revision=revision)
    if not placements.exists():
        return [Lack(_("The draft has no clause yet."), place_to_mend(revision))]
    written = placements.filter(wordings__language=settings.LANGUAGE_CODE)
    empty = list(placements.exclude(pk__in=written).values_list("label", flat=True))
    if not empty:
        return []
    message = _("These clauses have no words in the first language: %(labels)s.")
    labels = {"labels": ", ".join(empty)}
    return [Lack(message % labels, place_to_mend(revision), len(empty))]


@coming_into_force.register("is_finalised")
def is_finalised(revision: Revision) -> list[Lack]:
    if revision.state == RevisionState.FINALISED:
        return []
    state = revision.get_state_display()
    message = _("Finalise the revision first; it is: %(state)s.") % {"state": state}
    return [Lack(message, place_to_mend(revision))]


@coming_into_force.register("has_decree")
def has_decree(revision: Revision) -> list[Lack]:
    if revision.decree_id is None:
        return [Lack(_("Name the decree that adopts it."), revision.get_absolute_url())]
    if revision.effective_on is None:
        return [Lack(_("Name the day from which it holds."), revision.get_absolute_url())]
    return []


@coming_into_force.register("has_all_components")
def has_all_components(revision: Revision) -> list[Lack]:
    components = list(Component.objects.filter(component_set=revision.standard.component_set_id))
    filled = set(revision.placements.values_list("component_id", flat=True))
    missing = [component for component in components if component.pk not in filled]
    if not missing:
        return []
    message = _("%(filled)d of %(all)d components; missing: %(names)s.")
    words = {
        "filled": len(components) - len(missing),
        "all": len(components),
        "names": ", ".join(str(component) for component in missing),
    }
    return [Lack(message % words, place_to_mend(revision), len(missing))]


@coming_into_force.register("differences_have_reasons")
def differences_have_reasons(revision: Revision) -> list[Lack]:
    """Each difference from the revision in force, in any language, goes back to a change."""
    in_force = adopted_before(revision)
    labels = unexplained_labels(in_force, revision) if in_force else []
    if not labels:
        return []
    message = _("Nobody said why these clauses differ from revision %(number)d: %(labels)s.")
    words = {"number": in_force.number, "labels": ", ".join(labels)}
    return [Lack(message % words, place_to_mend(revision), len(labels))]
