"""The one form of an outcome: what it answers, what is decided, why, and which words change."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from consultations.kernel.errors import Invalid
from consultations.kernel.forms import TextField
from consultations.outcomes.actions import REASON_LIMIT, WORDS_LIMIT, NewWords
from consultations.outcomes.enums import Disposition
from consultations.outcomes.queries.comparison import Step
from consultations.outcomes.queries.matrix import UNANSWERED
from consultations.outcomes.queries.words import ClauseWords
from consultations.outcomes.selection import read_numbers
from consultations.standards.models import Clause, Revision

_NO_WORDS = gettext_lazy("Write the words of the clause, or leave them as they are.")


class NumbersField(forms.CharField):
    """Numbers of comments, as `selection` writes them."""

    widget = forms.HiddenInput

    def to_python(self, value):
        try:
            return read_numbers(super().to_python(value))
        except Invalid as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal

    def validate(self, value):
        if not value:
            raise ValidationError(self.error_messages["required"], code="required")


class OutcomeForm(forms.Form):
    """`words` are the clauses whose words can be changed here; each has a field of its own, named
    after its label, and a hidden one with the digest of the words that the officer sees."""

    comments = NumbersField(
        label=gettext_lazy("Comments"),
        error_messages={"required": gettext_lazy("Select at least one comment to be answered.")},
    )
    disposition = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=Disposition.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the agency does with it.")},
    )
    reason = TextField(
        label=gettext_lazy("Reason, as the authors read it"),
        limit=REASON_LIMIT,
        rows=4,
        error_messages={"required": gettext_lazy("Write the reason. All authors read it.")},
    )

    def __init__(self, *args, words: Iterable[ClauseWords] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.words = list(words)
        for each in self.words:
            self.fields[each.field] = TextField(
                label=_label(each),
                limit=WORDS_LIMIT,
                rows=3,
                initial=each.body,
                error_messages={"required": _NO_WORDS},
            )
            self.fields[seen_field(each)] = forms.CharField(
                widget=forms.HiddenInput, required=False, max_length=64, initial=each.digest
            )

    def changes(self) -> list[NewWords]:
        """All words of the form; the action finds out which of them are new."""
        return [
            NewWords(
                clause=Clause.objects.select_related("standard__log").get(pk=each.clause_id),
                language=each.language,
                after=self.cleaned_data[each.field],
                expected_digest=self.cleaned_data[seen_field(each)],
            )
            for each in self.words
        ]


def seen_field(words: ClauseWords) -> str:
    return words.field.replace("words.", "seen.", 1)


def _label(words: ClauseWords) -> str:
    if words.is_first_language:
        return _("New words of clause %(label)s") % {"label": words.label}
    return _("New words of clause %(label)s (%(language)s)") % {
        "label": words.label,
        "language": get_language_info(words.language)["name_translated"],
    }


class MatrixForm(forms.Form):
    """The filters of the response matrix; what is not known is left out."""

    disposition = forms.ChoiceField(
        required=False, choices=[(UNANSWERED, ""), *Disposition.choices]
    )
    clause = forms.CharField(required=False, max_length=40)

    def asked(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class CompareForm(forms.Form):
    """Which two revisions; what the address does not say, or says wrongly, is chosen for it."""

    use_required_attribute = False

    view = forms.ChoiceField(
        label=gettext_lazy("Show"),
        choices=[("line", gettext_lazy("In one column")), ("side", gettext_lazy("Side by side"))],
    )

    def __init__(self, data, *, revisions: Iterable[Revision]):
        super().__init__(data)
        self._revisions = revisions
        choices = [(revision.number, _named(revision)) for revision in revisions]
        # "from" is no name that a class can have.
        ends = {"from": gettext_lazy("From"), "to": gettext_lazy("To")}
        self.fields = {
            name: forms.TypedChoiceField(label=label, choices=choices, coerce=int)
            for name, label in ends.items()
        } | self.fields
        self.is_valid()

    @property
    def numbers(self) -> set[int]:
        """Two, or fewer where nothing was asked that makes sense."""
        return {self.cleaned_data[name] for name in ("from", "to") if name in self.cleaned_data}

    @property
    def side_by_side(self) -> bool:
        return self.cleaned_data.get("view") == "side"

    def showing(self, step: Step) -> "CompareForm":
        """The form as it stands above what is shown."""
        view = "side" if self.side_by_side else "line"
        shown = {"from": step.old.number, "to": step.new.number, "view": view}
        return CompareForm(shown, revisions=self._revisions)


def _named(revision: Revision) -> str:
    return _("Revision %(number)d, %(state)s") % {
        "number": revision.number,
        "state": revision.get_state_display().lower(),
    }
