"""What drafters type in the editor. Each edit has its reason."""

from collections.abc import Iterable, Sequence

from django import forms
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from consultations.kernel.fields import LocalizedText
from consultations.kernel.forms import TextField
from consultations.standards.actions.editing import NewWords
from consultations.standards.actions.explaining import MOST_QUESTIONS
from consultations.standards.actions.working import BODY_LIMIT, HEADING_LIMIT, REASON_LIMIT
from consultations.standards.enums import ReasonKind
from consultations.standards.queries.drafting import LanguageWords, SpotsOfComponent, languages

SUMMARY_LIMIT = 2_000
QUESTION_LIMIT = 300
_HEADING = gettext_lazy("Heading")
_WORDS = gettext_lazy("Words")
_KINDS = [(kind.value, kind.label) for kind in ReasonKind if kind != ReasonKind.OUTCOME]


class ReasonForm(forms.Form):
    """Why the words change; stands below every edit. An outcome's reason is given at the desk."""

    reason_kind = forms.ChoiceField(
        label=gettext_lazy("Why do the words change?"),
        choices=_KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why the words change.")},
    )
    reason = TextField(
        label=gettext_lazy("Reason, in a sentence that everybody can read"),
        limit=REASON_LIMIT,
        rows=2,
        error_messages={
            "required": gettext_lazy("Say in a sentence why the words change."),
        },
    )

    def why(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("reason_kind", "reason")}


class SeenForm(ReasonForm):
    """Of a whole clause, which was seen with these words."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class ClauseForm(ReasonForm):
    """Heading and body of a clause in each language of the site, side by side."""

    field_order = ()

    def __init__(self, *args, words: Iterable[LanguageWords], **kwargs):
        super().__init__(*args, **kwargs)
        self.words = list(words)
        for each in self.words:
            self._add(each)
        self.order_fields([n for n in self.fields if n not in ReasonForm.base_fields])

    def _add(self, each: LanguageWords) -> None:
        name, now = get_language_info(each.language)["name_translated"], each.now
        self.fields[f"heading_{each.language}"] = TextField(
            label=f"{_HEADING}, {name}",
            limit=HEADING_LIMIT,
            required=False,
            initial=now.heading if now else "",
        )
        self.fields[f"body_{each.language}"] = TextField(
            label=f"{_WORDS}, {name}",
            limit=BODY_LIMIT,
            rows=6,
            required=now is not None,
            initial=now.body if now else "",
            error_messages={"required": _("Write the words of the clause.")},
        )
        self.fields[f"seen_{each.language}"] = forms.CharField(
            widget=forms.HiddenInput, required=False, max_length=64, initial=each.digest
        )

    def new_words(self) -> list[NewWords]:
        """Of all languages; the action finds out which of them are new."""
        given = self.cleaned_data
        return [
            NewWords(
                each.language,
                given[f"heading_{each.language}"],
                given[f"body_{each.language}"],
                given[f"seen_{each.language}"],
            )
            for each in self.words
        ]


class KeepForm(forms.Form):
    """What the page sends by itself while somebody types."""

    language = forms.CharField(max_length=10)
    heading = TextField(limit=HEADING_LIMIT, required=False)
    body = TextField(limit=BODY_LIMIT, required=False)
    base_digest = forms.CharField(required=False, max_length=64)


class SpotField(forms.ChoiceField):
    """A place of the draft, by component; none is chosen beforehand."""

    def __init__(self, *, places: Sequence[SpotsOfComponent], **kwargs):
        choices = [("", _("Choose a place"))]
        choices += [
            (f"{place.number} {place.name}", [(spot.key, spot.label) for spot in place.spots])
            for place in places
        ]
        super().__init__(choices=choices, **kwargs)


class AddForm(ReasonForm):
    """A new clause: where it stands, and its words in the language in which standards are law."""

    def __init__(self, *args, places: Sequence[SpotsOfComponent], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["spot"] = SpotField(
            label=_("Where it stands"),
            places=places,
            error_messages={"required": _("Choose where the clause stands.")},
        )
        self.fields["heading"] = TextField(label=_HEADING, limit=HEADING_LIMIT, required=False)
        self.fields["body"] = TextField(
            label=_WORDS,
            limit=BODY_LIMIT,
            rows=6,
            error_messages={"required": _("Write the words of the clause.")},
        )
        self.order_fields(["spot", "heading", "body"])


class MoveForm(SeenForm):
    """One step up or down by its button, or to a chosen place."""

    def __init__(self, *args, places: Sequence[SpotsOfComponent], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["spot"] = SpotField(label=_("Put elsewhere"), places=places, required=False)
        self.fields["to"] = forms.CharField(required=False, max_length=5, widget=forms.HiddenInput)

    def clean(self):
        given = super().clean()
        if given.get("to") not in {"up", "down"} and not given.get("spot"):
            self.add_error("spot", _("Choose where the clause is to stand."))
        return given


class SplitForm(SeenForm):
    """The words with a line of equal signs wherever they are cut."""

    text = TextField(
        label=gettext_lazy("Words, cut into parts"),
        help_text=gettext_lazy(
            "A line of five equal signs (=====) cuts the clause there. The first part stays this "
            "clause, with its comments; each other part becomes a clause of its own behind it."
        ),
        limit=BODY_LIMIT * 2,
        rows=12,
        error_messages={"required": gettext_lazy("Write the words of the clause.")},
    )


class MergeForm(ReasonForm):
    """One text for several clauses. `clauses` and `seen` are lists of the same length."""

    body = TextField(
        label=gettext_lazy("Words of the merged clause"),
        limit=BODY_LIMIT,
        rows=12,
        error_messages={"required": gettext_lazy("Write the words of the clause.")},
    )

    def __init__(self, *args, seen: dict[int, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["body"])
        for clause_id, digest in seen.items():
            self.fields[f"seen_{clause_id}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, max_length=64, initial=digest
            )

    def digests(self) -> dict[int, str]:
        return {
            int(name.removeprefix("seen_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("seen_")
        }


class ExplanationForm(forms.Form):
    """What changes for people, and up to five plain questions tied to clauses."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args, clauses: Sequence[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        for code in languages():
            self.fields[f"summary_{code}"] = TextField(
                label=_("What changes for you, %(language)s")
                % {"language": get_language_info(code)["name_translated"]},
                limit=SUMMARY_LIMIT,
                rows=5,
                required=False,
            )
        for number in range(1, MOST_QUESTIONS + 1):
            for code in languages():
                self.fields[f"question_{number}_{code}"] = TextField(
                    label=_("Question %(number)d, %(language)s")
                    % {"number": number, "language": get_language_info(code)["name_translated"]},
                    limit=QUESTION_LIMIT,
                    rows=2,
                    required=False,
                )
            self.fields[f"clauses_{number}"] = forms.TypedMultipleChoiceField(
                label=_("Clauses that question %d is about") % number,
                choices=[(str(clause), label) for clause, label in clauses],
                coerce=int,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def summary(self) -> LocalizedText:
        return self._localized("summary")

    def questions(self) -> list[tuple[LocalizedText, list[int]]]:
        asked = []
        for number in range(1, MOST_QUESTIONS + 1):
            if any((text := self._localized(f"question_{number}")).values()):
                asked.append((text, self.cleaned_data[f"clauses_{number}"]))
        return asked

    def _localized(self, name: str) -> LocalizedText:
        given = {code: self.cleaned_data[f"{name}_{code}"] for code in languages()}
        return LocalizedText({code: text for code, text in given.items() if text})

    def clean(self):
        given = super().clean()
        for number in range(1, MOST_QUESTIONS + 1):
            texts = [given.get(f"question_{number}_{code}") for code in languages()]
            if given.get(f"clauses_{number}") and not any(texts):
                first = f"question_{number}_{languages()[0]}"
                self.add_error(first, _("Write the question, or untick its clauses."))
        return given
