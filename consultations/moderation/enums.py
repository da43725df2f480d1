from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AppealResult(TextChoices):
    UPHELD = "upheld", _("The decision stands")
    OVERTURNED = "overturned", _("The comment is shown again")
