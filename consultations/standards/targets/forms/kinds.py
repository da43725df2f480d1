"""One form for each kind of target."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from consultations.kernel.forms import TextField
from consultations.people.zones import ZONE_NAMES
from consultations.standards.targets.enums import (
    AvailabilityUnit,
    Bound,
    DocumentForm,
    Medium,
    ProductFormat,
    TimeUnit,
    ValidityUnit,
    Weekday,
)
from consultations.standards.targets.forms.base import RowForm, TargetForm
from consultations.standards.targets.forms.fields import NumberField, Text, filled


def _choice(label, choices, *, empty=None, **kwargs) -> forms.ChoiceField:
    first = [] if empty is None else [("", empty)]
    return forms.ChoiceField(label=label, choices=[*first, *choices], **kwargs)


def _several(label, choices) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def _clock(label) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )


class TimeForm(TargetForm):
    kind = "time"
    texts = {"from": Text(_("Counted from"), required=False)}
    order = ("on_the_spot", "bound", "value", "up_to", "unit", "from")

    on_the_spot = forms.BooleanField(label=_("It is done while one waits"), required=False)
    bound = _choice(_("Bound"), Bound.choices, empty=_("exactly, or a range"), required=False)
    value = NumberField(label=_("How long"), required=False)
    up_to = NumberField(label=_("Up to, for a range"), required=False)
    unit = _choice(_("Unit"), TimeUnit.choices, initial=TimeUnit.WORKING_DAYS)

    def json(self) -> dict:
        given = self.cleaned_data
        unit = given["unit"] if given["value"] is not None else None
        return filled(
            value=given["value"],
            up_to=given["up_to"],
            unit=unit,
            bound=given["bound"],
            on_the_spot=given["on_the_spot"] or None,
        ) | filled(**{"from": self.text("from")})


class FeeRowForm(RowForm):
    texts = {"for": Text(_("For what"))}
    value = NumberField(label=_("Amount"))

    def row(self) -> dict:
        return {"for": self.text("for"), "value": self.cleaned_data["value"]}


class FeeForm(TargetForm):
    kind = "fee"
    row_form = FeeRowForm
    rows_label = _("Table of fees")
    FREE, FIXED, TABLE = "free", "fixed", "table"

    charge = forms.ChoiceField(
        label=_("What it costs"),
        choices=[(FREE, _("Free of charge")), (FIXED, _("One amount")), (TABLE, _("A table"))],
        widget=forms.RadioSelect,
    )
    value = NumberField(label=_("Amount"), required=False)
    unit = TextField(
        label=_("Currency"), limit=3, initial="IDR", required=False, help_text=_("such as IDR")
    )

    @classmethod
    def typed(cls, found: dict) -> dict:
        if not found:
            return {}
        is_free = not found.get("rows") and not found.get("value")
        charge = cls.TABLE if found.get("rows") else cls.FREE if is_free else cls.FIXED
        return {"unit": ""} | super().typed(found) | {"charge": charge}

    def json(self) -> dict:
        given = self.cleaned_data
        value = {self.FREE: 0, self.FIXED: given["value"], self.TABLE: None}[given["charge"]]
        return filled(value=value, unit=given["unit"].upper())

    def rows_json(self) -> list[dict]:
        """What stands in the table counts only where the table was chosen."""
        if self.cleaned_data["charge"] != self.TABLE:
            return []
        return super().rows_json()


class DocumentRowForm(RowForm):
    texts = {
        "name": Text(_("Document")),
        "condition": Text(_("Only when, such as “if it was lost”"), required=False),
    }
    order = ("name", "form", "count", "condition")

    form = _choice(_("Form"), DocumentForm.choices, empty=_("in any form"), required=False)
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=1_000, required=False)

    def row(self) -> dict:
        given = self.cleaned_data
        return filled(
            name=self.text("name"),
            form=given["form"],
            count=given["count"],
            condition=self.text("condition"),
        )


class RequirementsForm(TargetForm):
    kind = "requirements"
    row_form = DocumentRowForm
    rows_label = _("Documents")

    def json(self) -> dict:
        return {}


class OpeningRowForm(RowForm):
    days = _several(_("Days"), Weekday.choices)
    opens = _clock(_("Opens"))
    closes = _clock(_("Closes"))

    def row(self) -> dict:
        given = self.cleaned_data
        return {
            "days": given["days"],
            "opens": given["opens"].isoformat("minutes"),
            "closes": given["closes"].isoformat("minutes"),
        }


class HoursForm(TargetForm):
    kind = "hours"
    row_form = OpeningRowForm
    rows_label = _("Hours")
    order = ("time_zone", "closed")

    time_zone = forms.ChoiceField(label=_("Time zone"))
    closed = _several(_("Closed on"), Weekday.choices)

    def __init__(self, data=None, *, initial: dict | None = None, **kwargs):
        super().__init__(data, initial=initial, **kwargs)
        named = {zone: f"{name} ({zone})" for zone, name in ZONE_NAMES.items()}
        others = [settings.TIME_ZONE, (initial or {}).get("time_zone")]
        named |= {zone: zone for zone in others if zone and zone not in named}
        self.fields["time_zone"].choices = list(named.items())

    def json(self) -> dict:
        return filled(time_zone=self.cleaned_data["time_zone"], closed=self.cleaned_data["closed"])


class ChannelRowForm(RowForm):
    channel = _choice(_("Channel"), Medium.choices, empty="–")
    address = TextField(label=_("Number or address"), limit=200, required=False)
    within = NumberField(label=_("Answered within"), required=False)
    unit = _choice(_("Unit"), TimeUnit.choices, empty="–", required=False)

    @classmethod
    def typed(cls, found: dict) -> dict:
        within = found.get("answered_within") or {}
        return super().typed(found) | filled(within=within.get("value"), unit=within.get("unit"))

    def clean(self):
        given = super().clean()
        if (given.get("within") is None) != (not given.get("unit")):
            self.add_error("within", _("Give both the number and its unit, or neither."))
        return given

    def row(self) -> dict:
        given = self.cleaned_data
        row = filled(channel=given["channel"], address=given["address"])
        if given["unit"]:
            row["answered_within"] = {"value": given["within"], "unit": given["unit"]}
        return row


class ChannelsForm(TargetForm):
    kind = "channels"
    row_form = ChannelRowForm
    rows_label = _("Channels")

    def json(self) -> dict:
        return {}


class StaffRowForm(RowForm):
    texts = {"role": Text(_("Role"))}
    value = forms.IntegerField(label=_("How many people"), min_value=0, max_value=1_000_000)

    def row(self) -> dict:
        return {"role": self.text("role"), "value": self.cleaned_data["value"]}


class StaffForm(TargetForm):
    kind = "staff"
    row_form = StaffRowForm
    rows_label = _("By role")

    value = forms.IntegerField(
        label=_("People in all"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("Leave it empty to count the roles."),
    )

    def json(self) -> dict:
        return filled(value=self.cleaned_data["value"])


class ProductForm(TargetForm):
    kind = "product"
    texts = {"name": Text(_("What one gets"))}

    formats = _several(_("Format"), ProductFormat.choices)
    valid_value = forms.IntegerField(
        label=_("Valid for"), min_value=1, max_value=10_000, required=False
    )
    valid_unit = _choice(
        _("Unit of its validity"), ValidityUnit.choices, empty=_("not stated"), required=False
    )

    @classmethod
    def typed(cls, found: dict) -> dict:
        validity = found.get("valid_for") or {}
        given = filled(valid_value=validity.get("value"), valid_unit=validity.get("unit"))
        return super().typed(found) | given

    def clean(self):
        unit, value = (self.cleaned_data.get(name) for name in ("valid_unit", "valid_value"))
        if (value is None) != (unit in {"", ValidityUnit.LIFE}):
            message = _(
                "Give both the number and its unit; what is valid for life needs no number."
            )
            self.add_error("valid_value", message)
        return super().clean()

    def json(self) -> dict:
        given = self.cleaned_data
        found = filled(name=self.text("name"), formats=given["formats"])
        if given["valid_unit"]:
            found["valid_for"] = filled(value=given["valid_value"], unit=given["valid_unit"])
        return found


class CitationRowForm(RowForm):
    kind = TextField(label=_("Kind of rule"), limit=80, help_text=_("such as UU or Perda"))
    number = TextField(label=_("Number"), limit=80, required=False)
    year = forms.IntegerField(label=_("Year"), min_value=1800, max_value=2200, required=False)
    title = TextField(label=_("Title"), limit=400, required=False)
    place = TextField(label=_("Region whose rule it is"), limit=120, required=False)

    def row(self) -> dict:
        names = ("kind", "number", "year", "title", "place")
        return {name: self.cleaned_data[name] for name in names}


class CitationsForm(TargetForm):
    kind = "citations"
    row_form = CitationRowForm
    rows_label = _("Rules")

    def json(self) -> dict:
        return {}


class AvailabilityForm(TargetForm):
    kind = "availability"

    value = NumberField(label=_("How much"))
    unit = _choice(_("Unit"), AvailabilityUnit.choices)

    def json(self) -> dict:
        return {"value": self.cleaned_data["value"], "unit": self.cleaned_data["unit"]}
