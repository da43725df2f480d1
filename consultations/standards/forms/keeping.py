"""What is typed about a standard that is in force."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.kernel.forms import TextField
from consultations.people.models import Agency
from consultations.standards.actions.reviewing import NOTE_LIMIT
from consultations.standards.actions.withdrawing import REASON_LIMIT
from consultations.standards.enums import ReviewResult

_DAY = {"type": "date"}


class ReviewForm(forms.Form):
    """The result is the button that was pressed."""

    note = TextField(
        label=_("What was looked at, and why it stays or has to change"),
        help_text=_("Everybody can read it. Two sentences are enough."),
        limit=NOTE_LIMIT,
        rows=4,
        error_messages={
            "required": _("Write what was looked at, and why it stays or has to change.")
        },
    )
    reviewed_on = forms.DateField(
        label=_("Day of the review"), widget=forms.DateInput(format="%Y-%m-%d", attrs=_DAY)
    )
    result = forms.ChoiceField(
        choices=ReviewResult.choices,
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose what came of the review.")},
    )


class WithdrawForm(forms.Form):
    withdrawn_on = forms.DateField(
        label=_("Withdrawn from"), widget=forms.DateInput(format="%Y-%m-%d", attrs=_DAY)
    )
    reason = TextField(
        label=_("Reason, for everybody"),
        limit=REASON_LIMIT,
        rows=3,
        error_messages={"required": _("Write why it is withdrawn. Everybody reads it.")},
    )


class CalendarForm(forms.Form):
    """The calendar's address: whose, which year, and which month is opened."""

    agency = forms.SlugField(required=False)
    year = forms.IntegerField(required=False, min_value=1990, max_value=2200)
    month = forms.IntegerField(required=False, min_value=1, max_value=12)

    def chosen(self, this_year: int) -> tuple[str, int, int | None]:
        """What is no answer is left out: an old link still works."""
        self.is_valid()
        known = self.cleaned_data
        return known.get("agency") or "", known.get("year") or this_year, known.get("month")


class AgencyChoiceForm(forms.Form):
    def __init__(self, *args, agencies: list[Agency], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"] = forms.ChoiceField(
            label=_("Agency"),
            required=False,
            choices=[("", _("All agencies")), *((each.slug, str(each)) for each in agencies)],
        )
