"""What all forms of targets have: rows, “more rows” by a button, and the JSON at the end."""

import re
from typing import ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.kernel.errors import Invalid
from consultations.standards.targets.base import MOST_ROWS, parse
from consultations.standards.targets.forms.fields import LocalizedForm

SPARE_ROWS = 2  # empty ones at the end
MORE_ROWS = 3  # what the button adds

_PLACE = re.compile(r"target(?:\.rows\[(\d+)\])?(?:\.(\w+))?.*")


class RowForm(LocalizedForm):
    def row(self) -> dict:
        """The JSON of this row."""
        raise NotImplementedError


class Rows(forms.BaseFormSet):
    """Rows of which the empty and the removed ones don't count."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove this row")

    @property
    def kept(self) -> list[RowForm]:
        stood = self.initial_form_count()
        return [
            form
            for number, form in enumerate(self.forms)
            if (number < stood or form.has_changed()) and not self._gone(form)
        ]

    def _gone(self, form: RowForm) -> bool:
        return bool(form.cleaned_data.get("DELETE"))


class TargetForm(LocalizedForm):
    """The fields of one kind. `initial` is a target's JSON; when valid, `target` is JSON again.

    `rows` is a formset where the kind has rows. A submit button named `<prefix>-add_rows` asks for
    more of them: the form is then neither valid nor wrong, and is shown again.
    """

    kind: ClassVar[str]
    row_form: ClassVar[type[RowForm] | None] = None
    rows_label: ClassVar[str] = gettext_lazy("Rows")

    def __init__(self, data=None, *, initial: dict | None = None, prefix: str = "target"):
        found = initial if initial and initial.get("kind") == self.kind else {}
        asks = data is not None and f"{prefix}-add_rows" in data
        super().__init__(data, initial=self.typed(found), prefix=prefix, is_asking=asks)
        self.rows = self._rows(found.get("rows") or []) if self.row_form else None

    @property
    def asks_for_rows(self) -> bool:
        return self.is_asking

    @property
    def target(self) -> dict:
        return self.cleaned_data["target"]

    def is_valid(self) -> bool:
        return not self.is_asking and super().is_valid()

    def json(self) -> dict:
        """What was typed, without `kind` and rows."""
        raise NotImplementedError

    def clean(self):
        if self.rows is not None and not self.rows.is_valid():
            errors = self.rows.non_form_errors() or [_("Look at the rows: something is missing.")]
            self.add_error(None, errors)
        if self.errors:
            return self.cleaned_data
        found = {"kind": self.kind} | self.json()
        if rows := self.rows_json():
            found["rows"] = rows
        try:
            self.cleaned_data["target"] = parse(found).dump()
        except Invalid as refusal:
            self._refuse(refusal)
        return self.cleaned_data

    def rows_json(self) -> list[dict]:
        return [form.row() for form in self.rows.kept] if self.rows is not None else []

    def _rows(self, found: list[dict]) -> Rows:
        prefix = f"{self.prefix}-rows"
        formset = forms.formset_factory(
            self.row_form,
            formset=Rows,
            extra=SPARE_ROWS,
            can_delete=True,
            max_num=MOST_ROWS,
            absolute_max=MOST_ROWS,
            validate_max=True,
        )
        data = self.data if self.is_bound else None
        if self.is_asking:
            data = data.copy()
            total = data.get(f"{prefix}-TOTAL_FORMS", "")
            count = int(total) if total.isdigit() and len(total) < 4 else 0
            data[f"{prefix}-TOTAL_FORMS"] = str(min(count + MORE_ROWS, MOST_ROWS))
        return formset(
            data,
            prefix=prefix,
            initial=[self.row_form.typed(row) for row in found],
            form_kwargs={"is_asking": self.is_asking},
        )

    def _refuse(self, refusal: Invalid) -> None:
        """The sentence at the field that the place in the JSON belongs to."""
        place, (message,) = next(iter(refusal.errors.items()))
        sentence = message.removeprefix(f"{place}: ")
        sentence = sentence[:1].upper() + sentence[1:]
        found = _PLACE.fullmatch(place)
        row, name = found.groups() if found else (None, None)
        form = self.rows.kept[int(row)] if row and self.rows is not None else self
        fields = [each for each in form.fields if each == name or each.startswith(f"{name}_")]
        form.add_error(fields[0] if fields else None, sentence)
        if form is not self:
            self.add_error(None, _("Look at the rows: something is missing."))
