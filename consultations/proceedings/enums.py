from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Scope(TextChoices):
    """What a consultation is about (Permenpan RB 16/2017, DOMAIN §1.4)."""

    DRAFT_POLICY = "draft_policy", _("Draft policy")
    APPLICATION = "application", _("Application of a policy")
    IMPACT = "impact", _("Impact of a policy")
    EVALUATION = "evaluation", _("Evaluation of a policy")
    SERVICE_PROBLEM = "service_problem", _("Problem of the service")


class Stage(TextChoices):
    PREPARING = "preparing", _("Being prepared")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed for comments")
    CONCLUDED = "concluded", _("Concluded")

    PUBLIC = nonmember(frozenset({"open", "closed", "concluded"}))
    # Comments, outcomes and moderation still happen.
    UNDER_WAY = nonmember(frozenset({"open", "closed"}))


STAGE_TRANSITIONS = {
    Stage.PREPARING: {Stage.OPEN},
    Stage.OPEN: {Stage.CLOSED},
    Stage.CLOSED: {Stage.CONCLUDED},
    Stage.CONCLUDED: set(),
}


class Unsur(TextChoices):
    """The five participant categories that the yearly assessment counts (DOMAIN §1.5)."""

    SERVICE_USERS = "service_users", _("Service users")
    EXPERTS = "experts", _("Experts, practitioners and academics")
    RELATED_AGENCIES = "related_agencies", _("Related agencies")
    CIVIL_SOCIETY = "civil_society", _("Civil society organisations")
    MASS_MEDIA = "mass_media", _("Mass media")


class Source(TextChoices):
    """How a contribution came in. All count the same (promise 11)."""

    ONLINE = "online", _("Online")
    HALL = "hall", _("Spoken in the hall")
    PAPER = "paper", _("On paper")
    SPREADSHEET = "spreadsheet", _("From a spreadsheet")
    CALL = "call", _("By telephone")
