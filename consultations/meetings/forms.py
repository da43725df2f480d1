"""What a moderator or note-taker types while a session runs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.kernel.forms import TextField
from consultations.meetings.enums import AgreementResult, AttendanceMode
from consultations.proceedings.enums import Unsur


class AgreementForm(forms.Form):
    """The result is the button that was pressed; the sentence says what was agreed."""

    result = forms.ChoiceField(choices=AgreementResult.choices, widget=forms.HiddenInput)
    sentence = TextField(
        label=_("What the room agreed, in one sentence"),
        help_text=_("Needed for notes and for disagreement."),
        limit=500,
        rows=2,
        required=False,
    )


class AttendanceForm(forms.Form):
    """Somebody in the hall. Without a category they count as organisers."""

    name = TextField(label=_("Name"), limit=120)
    organisation = TextField(label=_("Organisation"), limit=120, required=False)
    unsur = forms.ChoiceField(
        label=_("Participant category"),
        choices=[("", _("Organiser")), *Unsur.choices],
        required=False,
    )
    mode = forms.ChoiceField(label=_("How"), choices=AttendanceMode.choices)
