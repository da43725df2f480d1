"""What is sent when somebody comments (DESIGN §9): the same for the form and for programs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from consultations.kernel.forms import BusyForm, TextField
from consultations.threads.contributions import BODY_LIMIT, CONTEXT_LIMIT, WORDS_LIMIT
from consultations.threads.enums import Stance

_LARGEST_ID = 2**63 - 1


class _Number(forms.IntegerField):
    def __init__(self, **kwargs):
        super().__init__(
            required=False, min_value=1, max_value=_LARGEST_ID, widget=forms.HiddenInput, **kwargs
        )
        message = _("This is not a number of ours. Load the page again.")
        self.error_messages |= dict.fromkeys(("invalid", "min_value", "max_value"), message)


class CommentForm(BusyForm):
    """`proposed_from` says with which words the field for other words was filled beforehand
    ("clause" or "quote"): sent back unchanged, they are no proposal."""

    use_required_attribute = False  # a proposal needs no comment beside it

    wording = _Number()
    parent = _Number()
    stance = forms.ChoiceField(
        label=_("Your stance on these words"),
        choices=Stance.choices,
        required=False,
        initial=Stance.NEUTRAL,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of: support, oppose, question, neutral.")},
    )
    quote_exact = TextField(
        label=_("The words that it is about"),
        limit=WORDS_LIMIT,
        required=False,
        widget=forms.HiddenInput,
    )
    quote_prefix = TextField(limit=CONTEXT_LIMIT, required=False, widget=forms.HiddenInput)
    quote_suffix = TextField(limit=CONTEXT_LIMIT, required=False, widget=forms.HiddenInput)
    proposed_text = TextField(
        label=_("Other words that you propose"), limit=WORDS_LIMIT, rows=4, required=False
    )
    proposed_from = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    body = TextField(
        label=_("Your comment"),
        limit=BODY_LIMIT,
        rows=5,
        error_messages={"required": _("Write your comment, or propose other words.")},
    )
    token = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Send a token (a UUID that you make for each comment)."),
            "invalid": _("The token must be a UUID."),
        },
    )

    def clean_stance(self) -> str:
        return self.cleaned_data["stance"] or Stance.NEUTRAL

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("proposed_text") and self.has_error("body", "required"):
            del self.errors["body"]
            cleaned["body"] = ""
        return cleaned

    def contribution(self) -> dict:
        """The keywords of `post_comment` that come from the form."""
        data = self.cleaned_data
        return {
            "wording": data["wording"],
            "parent": data["parent"],
            "stance": data["stance"],
            "body": data["body"],
            "quote": {name: data[f"quote_{name}"] for name in ("exact", "prefix", "suffix")},
            "proposed_text": data["proposed_text"],
            "token": data["token"],
        }
