from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a post may do within an agency (DESIGN §8)."""

    DRAFTER = "drafter", _("Drafter")
    NOTE_TAKER = "note_taker", _("Note-taker")
    MODERATOR = "moderator", _("Moderator")
    ANSWERING_OFFICER = "answering_officer", _("Answering officer")
    APPROVER = "approver", _("Approver")
    SIGNATORY = "signatory", _("Signatory")
    ADMINISTRATOR = "administrator", _("Administrator")
    COORDINATOR = "coordinator", _("Coordinator")
    AUDITOR = "auditor", _("Auditor")


class Capacity(TextChoices):
    """In which capacity somebody holds a post (definitive, Plt., Plh., a.n.)."""

    DEFINITIVE = "definitive", _("Definitive")
    ACTING = "acting", _("Acting (Plt.)")
    DAILY = "daily", _("Acting daily (Plh.)")
    ON_BEHALF = "on_behalf", _("On behalf of (a.n.)")


class ContactKind(TextChoices):
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
