"""Bases of all forms: every outside text passes through `clean_text`."""

from django import forms
from django.core.exceptions import ValidationError

from consultations.kernel.errors import Invalid, Refused
from consultations.kernel.text import clean_text


class TextField(forms.Field):
    """A text that a person typed. `limit` is in characters as they are seen."""

    widget = forms.TextInput

    def __init__(self, *, limit: int, rows: int = 0, **kwargs):
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)
        self.limit = limit
        self.widget.attrs.setdefault("maxlength", limit)

    def to_python(self, value) -> str:
        try:
            return clean_text(value or "", limit=self.limit, field="text")
        except Invalid as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal


class SharedFields(dict):
    """The fields of a form of which none is changed after its class was made:

        SomeForm.base_fields = SharedFields(SomeForm.base_fields)

    Django copies all fields, widgets and choices for each form that somebody sends.
    """

    def __deepcopy__(self, memo):
        return dict(self)


def check(form: forms.Form) -> dict:
    """The form's cleaned data, or Invalid with all its errors by field."""
    if not form.is_valid():
        raise Invalid.of_form(form)
    return form.cleaned_data


def show_refusal(form: forms.Form, refusal: Refused) -> None:
    """Puts what an action refused at the fields of the form that it is about."""
    for field, sentences in refusal.errors.items():
        place = field if field in form.fields else None
        if place is None or not form.has_error(place):
            form.add_error(place, sentences)
