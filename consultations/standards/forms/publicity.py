from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.kernel.forms import TextField
from consultations.standards.enums import Medium


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        widget = forms.DateInput(attrs={"type": "date", "data-narrow": ""}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)


class PublicationForm(forms.Form):
    medium = forms.ChoiceField(choices=Medium, label=_("Medium"))
    place = TextField(
        limit=200,
        label=_("Where"),
        help_text=_("As people find it: “notice board at the counter”, “Instagram of the agency”."),
    )
    published_on = DayField(label=_("Since"))
    url = TextField(limit=500, required=False, label=_("Address (https://…)"))
    photo = forms.FileField(
        required=False,
        label=_("Photograph"),
        help_text=_("JPEG, PNG or WebP, up to 10 MB. What it says of place and device is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    photo_text = TextField(
        limit=300, required=False, label=_("What the photograph shows, for those who do not see it")
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, initial={"published_on": today}, **kwargs)


class EndForm(forms.Form):
    ended_on = DayField(label=_("Until"))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, initial={"ended_on": today}, **kwargs)


class RegistrationForm(forms.Form):
    external_id = TextField(limit=80, label=_("Its number there"))
    url = TextField(limit=500, required=False, label=_("Address of its page there (https://…)"))
