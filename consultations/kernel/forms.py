"""Bases of all forms: every outside text passes through `clean_text`."""

from typing import Any

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


class BusyForm(forms.Form):
    """A form that thousands send. Django copies all fields, widgets and choices for each, and makes
    what a template needs to show them; forms of this kind share their fields, of which none may be
    changed, disabled, prefixed or a file. What most leave empty is cleaned once for all."""

    _empty: dict[str, Any]  # by name, what becomes of an optional field that is empty

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls._empty = {}

    def __init__(self, *args, **kwargs):
        self.base_fields = {}  # of this one alone, so that there is nothing to copy
        super().__init__(*args, **kwargs)
        del self.base_fields
        self.fields = dict(self.base_fields)

    def _clean_fields(self):
        for name, field in self.fields.items():
            try:
                sent = field.widget.value_from_datadict(self.data, self.files, name)
                is_empty = sent is None or sent == ""
                self.cleaned_data[name] = self._of_empty(name) if is_empty else field.clean(sent)
                if (clean := getattr(self, f"clean_{name}", None)) is not None:
                    self.cleaned_data[name] = clean()
            except ValidationError as refusal:
                self.add_error(name, refusal)

    def _of_empty(self, name: str) -> Any:
        if name not in self._empty:
            self._empty[name] = self.fields[name].clean("")  # a required one raises, each time
        return self._empty[name]


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
