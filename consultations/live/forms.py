"""What a reader of a room may ask for, in the query string of a socket or a GET."""

from django import forms
from django.conf import settings
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from consultations.kernel.forms import check
from consultations.live.events import MOST_EVENTS

_LARGEST = 2**63 - 1


class ReadingForm(forms.Form):
    """`after` the last seq that the reader has, `epoch` the one that it was read in."""

    after = forms.IntegerField(
        min_value=0,
        max_value=_LARGEST,
        required=False,
        error_messages={"invalid": _("Give the number of the last event that you have, or 0.")},
    )
    epoch = forms.IntegerField(
        min_value=1,
        max_value=_LARGEST,
        required=False,
        error_messages={"invalid": _("Give the epoch as a number, or leave it out.")},
    )
    limit = forms.IntegerField(
        min_value=1,
        max_value=MOST_EVENTS,
        required=False,
        error_messages={"invalid": _("Give a number from 1 to 500.")},
    )
    lang = forms.ChoiceField(
        choices=settings.LANGUAGES,
        required=False,
        error_messages={"invalid_choice": _("Write id or en.")},
    )


def read_query(query: MultiValueDict) -> dict:
    """What is asked for; None or "" for what is left out. Invalid names each wrong field."""
    return check(ReadingForm(query))
