"""What drafters type about passages that standards share."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from consultations.kernel.fields import LocalizedText
from consultations.kernel.forms import TextField
from consultations.standards.actions.passages import NAME_LIMIT, REASON_LIMIT
from consultations.standards.actions.working import BODY_LIMIT, HEADING_LIMIT
from consultations.standards.forms.drafting import ReasonForm
from consultations.standards.models import Component
from consultations.standards.queries.drafting import languages


class PassageForm(forms.Form):
    """The words of a passage in each language; the first is required."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code in languages():
            name = get_language_info(code)["name_translated"]
            self.fields[f"heading_{code}"] = TextField(
                label=_("Heading, %s") % name, limit=HEADING_LIMIT, required=False
            )
            self.fields[f"body_{code}"] = TextField(
                label=_("Words, %s") % name,
                limit=BODY_LIMIT,
                rows=6,
                required=code == languages()[0],
                error_messages={"required": _("Write the words of the passage.")},
            )

    def texts(self) -> dict[str, LocalizedText]:
        return {"heading": self._localized("heading"), "body": self._localized("body")}

    def _localized(self, name: str) -> LocalizedText:
        given = {code: self.cleaned_data[f"{name}_{code}"] for code in languages()}
        return LocalizedText({code: text for code, text in given.items() if text})


class NewPassageForm(PassageForm):
    name = TextField(
        label=gettext_lazy("Name, for drafters"),
        help_text=gettext_lazy("For example: Saluran pengaduan dinas"),
        limit=NAME_LIMIT,
        error_messages={
            "required": gettext_lazy("Give the passage a name by which drafters find it.")
        },
    )

    def __init__(self, *args, components: Iterable[Component], **kwargs):
        super().__init__(*args, **kwargs)
        self.components = {str(component.pk): component for component in components}
        self.fields["component"] = forms.ChoiceField(
            label=_("Component"),
            choices=[(pk, f"{each.number} {each}") for pk, each in self.components.items()],
        )
        self.order_fields(["name", "component"])

    def component(self) -> Component:
        return self.components[self.cleaned_data["component"]]


class PassageVersionForm(PassageForm):
    number = forms.IntegerField(widget=forms.HiddenInput)
    reason = TextField(
        label=gettext_lazy("Why do the words change?"),
        limit=REASON_LIMIT,
        rows=2,
        error_messages={"required": gettext_lazy("Say in a sentence why the words change.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "reason"])


class TakeOverForm(ReasonForm):
    """Taking words of a passage over; `seen` by language, of the words that stand there."""

    def __init__(self, *args, seen: dict[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        for code, digest in seen.items():
            self.fields[f"seen_{code}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, max_length=64, initial=digest
            )

    def digests(self) -> dict[str, str]:
        return {
            name.removeprefix("seen_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("seen_")
        }
