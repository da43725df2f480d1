"""What standards keep about a person: which official changed which words."""

from django.utils.translation import gettext_lazy as _

from consultations.people.models import User
from consultations.people.privacy import PersonalData, keep, moment, personal_data
from consultations.standards.models import Change


def _export(user: User) -> list[dict]:
    rows = user.changes.select_related("revision__standard__service__agency").order_by("pk")
    return [
        {
            "agency": change.revision.standard.service.agency.slug,
            "service": change.revision.standard.service.slug,
            "revision": change.revision.number,
            "operation": change.operation,
            "reason_kind": change.reason_kind,
            "reason": change.reason,
            "made_at": moment(change.made_at),
            "reverted_at": moment(change.reverted_at),
        }
        for change in rows
    ]


personal_data.register(Change.__name__)(
    PersonalData(
        _(
            "To know which official changed words of a draft. Readers see the reason alone; that "
            "an official made the change stays by the law on archives."
        ),
        _export,
        keep,
    )
)
