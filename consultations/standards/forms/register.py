from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.kernel.forms import TextField
from consultations.standards.enums import ServiceKind
from consultations.standards.queries import Criteria, StandingFilter
from consultations.standards.searching import read_terms


@dataclass(frozen=True)
class Asked:
    """What stands in the address, as far as it makes sense: a filter that does not is left out."""

    text: str
    component: str
    criteria: Criteria

    @property
    def is_filtered(self) -> bool:
        return bool(self.text or self.component) or self.criteria != Criteria()


class SearchForm(forms.Form):
    q = TextField(limit=100, required=False, label=_("Service, agency, or words of a standard"))
    agency = forms.SlugField(required=False, max_length=80)
    sector = TextField(limit=80, required=False)
    kind = forms.ChoiceField(choices=ServiceKind, required=False)
    component = forms.SlugField(required=False, max_length=40)
    standing = forms.ChoiceField(choices=StandingFilter, required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000)

    def asked(self, components: dict[str, int]) -> Asked:
        """`components`: their ids by key."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        component = given.get("component") or ""
        return Asked(
            given.get("q") or "",
            component if component in components else "",
            Criteria(
                read_terms(given.get("q") or ""),
                given.get("agency") or "",
                given.get("sector") or "",
                given.get("kind") or "",
                components.get(component),
                given.get("standing") or "",
            ),
        )

    @property
    def page_number(self) -> int:
        return self.cleaned_data.get("page") or 1
