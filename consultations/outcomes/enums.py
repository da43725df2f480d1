from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Disposition(TextChoices):
    """What the agency does with what was said."""

    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Partly accepted")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    COVERED = "covered", _("Already covered")
    PASSED_ON = "passed_on", _("Passed on")
    DEFERRED = "deferred", _("Deferred")
    SUPPORT_NOTED = "support_noted", _("Support noted")
