"""The gate of concluding a consultation (promise 6), and what this package asks of it.

A check takes a consultation and returns what it lacks; outcomes and moderation register theirs
from above. (The gates of publication and of coming into force belong to `standards`.)
"""

from django.utils.translation import gettext as _

from consultations.kernel.registry import Registry
from consultations.proceedings.enums import Stage
from consultations.proceedings.models import Consultation
from consultations.standards.gates import Check, Lack, withdrawal
from consultations.standards.models import Revision

conclusion: Registry[Check] = Registry("gate of conclusion")


@conclusion.register("is_closed")
def is_closed(consultation: Consultation) -> list[Lack]:
    """What can still be said cannot be answered yet."""
    if consultation.stage == Stage.CLOSED:
        return []
    if consultation.stage == Stage.CONCLUDED:
        message = _("The consultation is concluded already.")
    else:
        message = _("The consultation is not closed for comments yet.")
    return [Lack(message, consultation.get_absolute_url())]


@withdrawal.register("is_not_discussed")
def is_not_discussed(revision: Revision) -> list[Lack]:
    """While people are asked about these words, they cannot be taken from under them."""
    under_way = Consultation.objects.filter(
        stage__in=Stage.UNDER_WAY, drafts__revision=revision, drafts__replaced_by=None
    )
    message = _("The consultation “%(title)s” is about it and is not concluded.")
    return [
        Lack(message % {"title": consultation}, consultation.get_absolute_url())
        for consultation in under_way.distinct()
    ]
