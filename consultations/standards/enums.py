from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ComponentGroup(TextChoices):
    DELIVERY = "delivery", _("Service delivery")
    MANUFACTURING = "manufacturing", _("Service management")


class ServiceKind(TextChoices):
    GOODS = "goods", _("Public goods")
    SERVICES = "services", _("Public services")
    ADMINISTRATIVE = "administrative", _("Administrative services")


class RevisionState(TextChoices):
    """The life of a revision. Coming into force is derived from `effective_on`."""

    WORKING = "working", _("Working draft")
    CONSULTED = "consulted", _("In consultation")
    FINALISED = "finalised", _("Finalised")
    ADOPTED = "adopted", _("Adopted")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    PUBLISHED = nonmember(
        frozenset({"consulted", "finalised", "adopted", "superseded", "withdrawn"})
    )
    # With a day in `effective_on` they have held, or were to hold.
    ONCE_ADOPTED = nonmember(frozenset({"adopted", "superseded", "withdrawn"}))


REVISION_TRANSITIONS = {
    RevisionState.WORKING: {RevisionState.CONSULTED, RevisionState.FINALISED},
    RevisionState.CONSULTED: {
        RevisionState.FINALISED,
        RevisionState.SUPERSEDED,
        RevisionState.WITHDRAWN,
    },
    RevisionState.FINALISED: {
        RevisionState.ADOPTED,
        RevisionState.SUPERSEDED,
        RevisionState.WITHDRAWN,
    },
    RevisionState.ADOPTED: {RevisionState.SUPERSEDED, RevisionState.WITHDRAWN},
    # `withdraw_revision` alone takes it back, for what was to end and now goes on holding.
    RevisionState.SUPERSEDED: set(),
    RevisionState.WITHDRAWN: set(),
}


class Operation(TextChoices):
    """What an edit does to a clause of the working draft."""

    REWORD = "reword", _("Reworded")
    INSERT = "insert", _("Added")
    DELETE = "delete", _("Removed")
    MOVE = "move", _("Moved")
    SPLIT = "split", _("Split")
    MERGE = "merge", _("Merged")
    TARGET = "target", _("Figures changed")


class ReasonKind(TextChoices):
    """Why words changed. `outcome` needs an outcome behind it; the others a sentence."""

    OUTCOME = "outcome", _("Outcome of the consultation")
    EDITORIAL = "editorial", _("Editorial")
    LAW = "law", _("The law changed")
    AS_PUBLISHED = "as_published", _("As published")


class ReviewResult(TextChoices):
    UNCHANGED = "unchanged", _("Reviewed, nothing changed")
    CHANGE = "change", _("Reviewed, to be changed")


class LegalStatus(TextChoices):
    """What became of a legal act, where a source states it."""

    REVISED = "revised", _("Revised")
    REPLACED = "replaced", _("Replaced")
    REPEALED = "repealed", _("Repealed")


class Medium(TextChoices):
    """Where standards are made public: the classes that the yearly assessment counts
    (DOMAIN §1.5)."""

    PRINT = "print", _("Print and other non-electronic media")
    ELECTRONIC = "electronic", _("Electronic media")
    SOCIAL = "social", _("Social media")
    WEBSITE = "website", _("Website")
    APPLICATION = "application", _("Application")
    NATIONAL_REGISTER = "national_register", _("National register of services")
    BILLBOARD = "billboard", _("Billboard")


class ImportState(TextChoices):
    WAITING = "waiting", _("Not read yet")
    READ = "read", _("To be looked at")
    REFUSED = "refused", _("Could not be read")
    QUEUED = "queued", _("About to be taken over")
    CONFIRMED = "confirmed", _("Taken over")
    SKIPPED = "skipped", _("Left out")

    UNDER_WAY = nonmember(frozenset({"waiting", "queued"}))  # the worker's turn
    DONE = nonmember(frozenset({"confirmed", "skipped"}))
