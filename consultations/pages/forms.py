"""What visitors ask of lists, from the address line."""

from django import forms

from consultations.kernel.forms import TextField
from consultations.pages.queries.mine import Show
from consultations.proceedings.enums import Stage


class ListForm(forms.Form):
    """Search and filters of the list of consultations. What makes no sense filters nothing."""

    q = TextField(limit=100, required=False)
    stage = forms.ChoiceField(
        choices=[(s, s) for s in (Stage.OPEN, Stage.CLOSED, Stage.CONCLUDED)], required=False
    )
    agency = forms.SlugField(max_length=80, required=False)

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class ShowForm(forms.Form):
    show = forms.ChoiceField(choices=Show, required=False)

    def chosen(self) -> Show:
        self.is_valid()
        return Show(self.cleaned_data.get("show") or Show.ALL)
