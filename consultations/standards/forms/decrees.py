"""What is typed about decrees, and which revisions one of them adopts."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.kernel.forms import TextField
from consultations.people.models import Post
from consultations.standards.actions import Annex
from consultations.standards.actions.adopting import ANNEX_LIMIT
from consultations.standards.actions.decrees import NAME_LIMIT, NUMBER_LIMIT, TITLE_LIMIT
from consultations.standards.forms.localized import add_localized, localized
from consultations.standards.models import Revision

_DAY = {"type": "date"}


class DecreeForm(forms.Form):
    number = TextField(
        label=gettext_lazy("Number of the decree"),
        limit=NUMBER_LIMIT,
        help_text=gettext_lazy("as it is printed"),
    )
    dated_on = forms.DateField(
        label=gettext_lazy("Date of the decree"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs=_DAY),
    )

    def __init__(self, *args, posts: Sequence[Post], **kwargs):
        super().__init__(*args, **kwargs)
        self._posts = {str(post.pk): post for post in posts}
        add_localized(self, "title", _("Title of the decree, %s"), limit=TITLE_LIMIT, required=True)
        self.fields["signed_by"] = forms.ChoiceField(
            label=_("Signed by"),
            choices=[("", _("a post that is not listed")), *_choices(posts)],
            required=False,
            help_text=_("The name of who held the post on that day is kept with the decree."),
        )
        self.fields["signed_name"] = TextField(
            label=_("Name as it was signed"),
            limit=NAME_LIMIT,
            required=False,
            help_text=_("Only where it is another than that of the post's holder."),
        )

    def decree(self) -> dict:
        """The keywords of `record_decree`."""
        known = self.cleaned_data
        return {
            "title": localized(self, "title"),
            "signed_by": self._posts.get(known["signed_by"]),
            **{name: known[name] for name in ("number", "dated_on", "signed_name")},
        }


class AdoptForm(forms.Form):
    """Which revisions, each with its annex number; from which day; and what if some lack
    something."""

    effective_on = forms.DateField(
        label=gettext_lazy("In force from"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs=_DAY),
    )
    together = forms.ChoiceField(
        label=gettext_lazy("If some of them are not ready"),
        choices=[
            ("all", gettext_lazy("Adopt none of them")),
            ("ready", gettext_lazy("Adopt those that are ready")),
        ],
        initial="all",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, revisions: Sequence[Revision], **kwargs):
        super().__init__(*args, **kwargs)
        self.revisions = list(revisions)
        for revision in self.revisions:
            number = _("revision %(number)s") % {"number": revision.number}
            label = f"{revision.standard.service}, {number}"
            self.fields[f"take_{revision.pk}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"annex_{revision.pk}"] = TextField(
                label=_("Annex number"),
                limit=ANNEX_LIMIT,
                required=False,
                widget=forms.TextInput(attrs={"class": "ds-input"}),
            )

    @property
    def rows(self) -> list[tuple]:
        """(revision, its checkbox, its annex number)"""
        return [(r, self[f"take_{r.pk}"], self[f"annex_{r.pk}"]) for r in self.revisions]

    @property
    def general(self) -> list:
        return [self["effective_on"], self["together"]]

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(f"take_{revision.pk}") for revision in self.revisions):
            self.add_error(None, _("Choose at least one revision."))
        return cleaned

    def annexes(self) -> list[Annex]:
        known = self.cleaned_data
        return [
            Annex(revision, known[f"annex_{revision.pk}"])
            for revision in self.revisions
            if known[f"take_{revision.pk}"]
        ]

    @property
    def all_or_none(self) -> bool:
        return self.cleaned_data["together"] == "all"


def _choices(posts: Sequence[Post]) -> list[tuple[int, str]]:
    return [(post.pk, str(post)) for post in posts]
