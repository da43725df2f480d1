from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.kernel.forms import TextField


class SearchForm(forms.Form):
    q = TextField(limit=100, required=False, label=_("Service, agency, or words of a standard"))
