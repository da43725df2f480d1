"""What authors and moderators are told about hidden comments and appeals."""

from datetime import date

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from consultations.moderation.enums import AppealResult
from consultations.notices.kinds import Kind, kinds
from consultations.notices.models import Notice
from consultations.threads.enums import ConductRule


def _appeal_url(notice: Notice) -> str:
    return reverse("appeal", args=[notice.data["consultation"], notice.data["comment"]])


def _number(notice: Notice) -> str:
    return f"M-{notice.data['comment']:04d}"


def _hidden_title(notice: Notice) -> str:
    return _("Your comment has been hidden")


def _hidden_text(notice: Notice) -> str:
    until = date.fromisoformat(notice.data["appeal_until"])
    return _(
        "A moderator has hidden %(comment)s because it %(rule)s. Read the reason; until %(until)s"
        " you can ask that somebody else judges."
    ) % {
        "comment": _number(notice),
        "rule": ConductRule(notice.data["rule"]).label,
        "until": formats.date_format(until, "DATE_FORMAT"),
    }


def _undone_title(notice: Notice) -> str:
    return _("Your comment is shown again")


def _undone_text(notice: Notice) -> str:
    return _("The moderators have taken back that %(comment)s was hidden.") % {
        "comment": _number(notice)
    }


def _comment_url(notice: Notice) -> str:
    return reverse("comment", args=[notice.data["consultation"], notice.data["comment"]])


def _decided_title(notice: Notice) -> str:
    return _("Your appeal has been decided")


def _decided_text(notice: Notice) -> str:
    return _("%(comment)s: %(result)s. Read the answer.") % {
        "comment": _number(notice),
        "result": AppealResult(notice.data["result"]).label,
    }


def _filed_title(notice: Notice) -> str:
    return _("An appeal waits for a decision")


def _filed_text(notice: Notice) -> str:
    return _("The author of %(comment)s asks that somebody else judges why it was hidden.") % {
        "comment": _number(notice)
    }


def _desk_url(notice: Notice) -> str:
    return reverse("desk", args=[notice.data["consultation"]]) + "?state=appeals"


kinds.register("comment_hidden")(Kind(_hidden_title, _hidden_text, _appeal_url))
kinds.register("hiding_undone")(Kind(_undone_title, _undone_text, _comment_url))
kinds.register("appeal_filed")(Kind(_filed_title, _filed_text, _desk_url))
kinds.register("appeal_decided")(Kind(_decided_title, _decided_text, _appeal_url))
