"""What authors are told about official answers."""

from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.notices.kinds import Kind, kinds
from consultations.notices.models import Notice


def _url(notice: Notice) -> str:
    return reverse("outcome", args=[notice.data["consultation"], notice.data["outcome"]])


def _recorded_title(notice: Notice) -> str:
    if notice.data["version"] > 1:
        return _("The official answer to your comment has been revised")
    return _("Your comment has an official answer")


def _recorded_text(notice: Notice) -> str:
    return _(
        "Outcome H-%(number)d answers what you wrote. Read what was decided, why, and which words"
        " change by it."
    ) % {"number": notice.data["outcome"]}


def _reverted_title(notice: Notice) -> str:
    return _("The official answer to your comment has been taken back")


def _reverted_text(notice: Notice) -> str:
    return _(
        "Outcome H-%(number)d holds no longer. Your comment will be answered anew before the"
        " consultation is concluded."
    ) % {"number": notice.data["outcome"]}


kinds.register("outcome_recorded")(Kind(_recorded_title, _recorded_text, _url))
kinds.register("outcome_reverted")(Kind(_reverted_title, _reverted_text, _url))
