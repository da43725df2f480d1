"""What outcomes keep about a person: who decided, in office."""

from django.utils.translation import gettext_lazy as _

from consultations.outcomes.models import Outcome
from consultations.people.models import User
from consultations.people.privacy import PersonalData, keep, moment, personal_data


def _export(user: User) -> list[dict]:
    rows = user.outcomes.select_related("consultation", "post").order_by("pk")
    return [
        {
            "consultation": outcome.consultation.slug,
            "number": outcome.number,
            "version": outcome.version,
            "post": str(outcome.post or ""),
            "recorded_at": moment(outcome.recorded_at),
        }
        for outcome in rows
    ]


personal_data.register(Outcome.__name__)(
    PersonalData(
        _(
            "To know which official decided. Readers see the post alone; that an official decided"
            " stays by the law on archives."
        ),
        _export,
        keep,
    )
)
