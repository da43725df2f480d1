"""What is typed at an agency's desk for standards."""

from collections.abc import Collection

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.kernel.forms import TextField
from consultations.people.actions.agencies import MOST_REVIEW_MONTHS
from consultations.standards.enums import ServiceKind
from consultations.standards.forms.localized import add_localized, localized
from consultations.standards.models import ComponentSet
from consultations.standards.queries.desk import Wait


class FilterForm(forms.Form):
    """The desk's address. What it does not know is left out: an old link still works."""

    q = TextField(limit=100, required=False, label=gettext_lazy("Service or sector"))
    waits = forms.ChoiceField(required=False, choices=[("", ""), *Wait.choices])

    def filters(self) -> dict[str, str]:
        self.is_valid()
        known = self.cleaned_data
        return {"wait": known.get("waits", ""), "text": known.get("q", "")}


class ServiceForm(forms.Form):
    """A new service. Which components its standard has is asked only where there is a choice."""

    def __init__(self, *args, component_sets: Collection[ComponentSet], **kwargs):
        super().__init__(*args, **kwargs)
        self._sets = list(component_sets)
        add_localized(self, "name", _("Name of the service, %s"), limit=200, required=True)
        self.fields["slug"] = forms.SlugField(
            label=_("Short address"),
            max_length=80,
            required=False,
            help_text=_("Letters, digits and hyphens. Left empty, it is made of the name."),
        )
        self.fields["sector"] = TextField(label=_("Sector"), limit=80, required=False)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind of service"),
            choices=ServiceKind.choices,
            initial=ServiceKind.ADMINISTRATIVE,
        )
        if len(self._sets) > 1:
            self.fields["component_set"] = forms.ChoiceField(
                label=_("Components that the standard must have"),
                choices=[(each.pk, f"{each} ({each.source})") for each in self._sets],
            )

    def clean(self):
        cleaned = super().clean()
        names = [text for name, text in cleaned.items() if name.startswith("name_") and text]
        if not cleaned.get("slug") and "slug" not in self.errors and names:
            cleaned["slug"] = slugify(names[0])[:80].strip("-_")
            if not cleaned["slug"]:
                self.add_error("slug", _("Write a short address in letters of the Latin script."))
        return cleaned

    def service(self) -> dict:
        """The keywords of `open_service`."""
        known = self.cleaned_data
        chosen = known.get("component_set")
        component_set = next((e for e in self._sets if str(e.pk) == chosen), self._sets[0])
        return {
            "name": localized(self, "name"),
            "component_set": component_set,
            **{name: known[name] for name in ("slug", "sector", "kind")},
        }


class ReviewMonthsForm(forms.Form):
    months = forms.IntegerField(
        label=gettext_lazy("Months between reviews"),
        min_value=1,
        max_value=MOST_REVIEW_MONTHS,
        help_text=gettext_lazy(
            "The yearly assessment counts reviews once a year or more often as the best. The days "
            "of all standards move with it."
        ),
    )


class ActSearchForm(forms.Form):
    q = TextField(limit=100, required=False, label=gettext_lazy("Kind, number, year or title"))
