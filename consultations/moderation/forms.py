"""What moderators, authors who appeal, and those who pass a gate type."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.kernel.fields import LocalizedText
from consultations.kernel.forms import TextField
from consultations.moderation.actions import APPEAL_LIMIT, NOTE_LIMIT
from consultations.moderation.enums import AppealResult
from consultations.moderation.queries.desk import STATES, Filters
from consultations.threads.enums import ConductRule, Stance


class FilterForm(forms.Form):
    """The desk's address. What it does not know is left out: an old link still works."""

    clause = forms.CharField(required=False, max_length=40)
    stance = forms.ChoiceField(required=False, choices=[("", _("Any stance")), *Stance.choices])
    state = forms.ChoiceField(required=False, choices=list(STATES.items()))
    q = TextField(limit=200, required=False, label=_("Search"))

    def filters(self) -> Filters:
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        text = given.pop("q", "")
        return Filters(text=text, **given)


class HideForm(forms.Form):
    rule = forms.ChoiceField(
        label=_("Which rule does the comment break? It …"),
        choices=ConductRule.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the rule that the comment breaks.")},
    )
    note = TextField(
        label=_("Reason, for its author and all readers"),
        help_text=_("Say what is wrong and how to write it so that it can stay. No names."),
        limit=NOTE_LIMIT,
        rows=3,
        error_messages={"required": _("Write the reason. Its author and all readers see it.")},
    )


class AppealForm(forms.Form):
    reason = TextField(
        label=_("Why should the comment be shown?"),
        limit=APPEAL_LIMIT,
        rows=5,
        error_messages={"required": _("Write why the comment should be shown.")},
    )


class AppealDecisionForm(forms.Form):
    result = forms.ChoiceField(
        label=_("How does the appeal end?"),
        choices=AppealResult.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the appeal ends.")},
    )
    answer = TextField(
        label=_("Answer to the author"),
        limit=APPEAL_LIMIT,
        rows=4,
        error_messages={"required": _("Write the answer. The author of the comment sees it.")},
    )


class NextRoundForm(forms.Form):
    """What changes for people by the new draft, in both languages."""

    summary_id = TextField(label=_("What changes for people, in Indonesian"), limit=2000, rows=4)
    summary_en = TextField(
        label=_("What changes for people, in English"), limit=2000, rows=4, required=False
    )

    def summary(self) -> LocalizedText:
        given = {"id": self.cleaned_data["summary_id"], "en": self.cleaned_data["summary_en"]}
        return LocalizedText({language: text for language, text in given.items() if text})


class InForceForm(forms.Form):
    """The decree by which the standard is adopted, and from when it holds."""

    number = TextField(label=_("Number of the decree"), limit=80)
    dated_on = forms.DateField(
        label=_("Date of the decree"), widget=forms.DateInput(attrs={"type": "date"})
    )
    annex_number = TextField(label=_("Annex number"), limit=20, required=False)
    effective_on = forms.DateField(
        label=_("In force from"), widget=forms.DateInput(attrs={"type": "date"})
    )
