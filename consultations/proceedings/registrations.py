"""What this package tells the packages below it; loaded when the app starts."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from consultations.ledger.models import Log
from consultations.live.rooms import resolvers
from consultations.people.models import User
from consultations.people.privacy import PersonalData, moment, personal_data
from consultations.proceedings import following as following  # registers its figures
from consultations.proceedings import gates as gates  # registers its own checks
from consultations.proceedings import sections as sections  # registers itself
from consultations.proceedings.models import Participant
from consultations.proceedings.queries import get_consultation


@resolvers.register("consultation")
def consultation_room(slug: str, user) -> Log:
    """What is being prepared exists for its agency alone, live too."""
    return get_consultation(slug, user).log


def _export_participants(user: User) -> list[dict]:
    voices = Participant.objects.filter(user=user).select_related("consultation").order_by("pk")
    return [
        {
            "consultation": voice.consultation.slug,
            "number": voice.number,
            "public_name": voice.public_name,
            "affiliation": voice.affiliation,
            "unsur": voice.unsur,
            "consented_at": moment(voice.consented_at),
            "joined_at": moment(voice.joined_at),
        }
        for voice in voices
    ]


def _erase_participants(user: User, at: datetime) -> None:
    """Name and affiliation go. The number stays, which the record names, and so does the tie to
    the user's row, in which nothing is left either: what is erased next is found by it."""
    Participant.objects.filter(user=user).update(public_name="", affiliation="")


personal_data.register(Participant.__name__)(
    PersonalData(
        _(
            "To show whose voice a comment is. Name and affiliation are erased; a number and the "
            "participant category stay, so that who took part can still be counted."
        ),
        _export_participants,
        _erase_participants,
    )
)
