"""What people are told about standards: that one is in force, that reviews are due."""

from datetime import date

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.notices.kinds import Kind, kinds
from consultations.notices.models import Notice

IN_FORCE = "revision_in_force"
REVIEWS_DUE = "reviews_due"


def _day(notice: Notice, name: str) -> str:
    return formats.date_format(date.fromisoformat(notice.data[name]), "DATE_FORMAT")


def _in_force_title(notice: Notice) -> str:
    return _("A standard that you commented on is in force")


def _in_force_text(notice: Notice) -> str:
    return _(
        "Revision %(number)d has held since %(day)s. Read the words, and see what became of yours."
    ) % {"number": notice.data["revision"], "day": _day(notice, "effective_on")}


def _in_force_url(notice: Notice) -> str:
    data = notice.data
    return reverse("revision", args=[data["agency"], data["service"], data["revision"]])


def _due_title(notice: Notice) -> str:
    count = notice.data["count"]
    if notice.data["overdue_months"]:
        return ngettext("The review of a standard is overdue", "Reviews are overdue", count)
    return ngettext("The review of a standard is due", "Reviews of standards are due", count)


def _due_text(notice: Notice) -> str:
    count = notice.data["count"]
    if notice.data["overdue_months"]:
        text = ngettext(
            "It was due on %(day)s and has not been recorded. Everybody sees that it is overdue.",
            "%(count)d standards were to be reviewed by %(day)s and were not. Everybody sees that"
            " they are overdue.",
            count,
        )
    else:
        text = ngettext(
            "It is due on %(day)s. That nothing has to change is a result too.",
            "%(count)d standards are to be reviewed by %(day)s. That nothing has to change is a"
            " result too.",
            count,
        )
    return text % {"count": count, "day": _day(notice, "due_on")}


def _due_url(notice: Notice) -> str:
    data = notice.data
    if data["service"]:
        return reverse("review_standard", args=[data["agency"], data["service"]])
    return reverse("standards_desk", args=[data["agency"]]) + "?waits=review"


kinds.register(IN_FORCE)(Kind(_in_force_title, _in_force_text, _in_force_url))
kinds.register(REVIEWS_DUE)(Kind(_due_title, _due_text, _due_url))
