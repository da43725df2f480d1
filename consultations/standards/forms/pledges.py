from datetime import date

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from consultations.kernel.fields import LocalizedText
from consultations.kernel.forms import TextField
from consultations.people.models import Post
from consultations.standards.actions.pledging import STATEMENT_LIMIT
from consultations.standards.queries.pledges import STATEMENTS

_LABELS = {
    "serve": gettext_lazy("What we promise: to serve by the standard"),
    "improve": gettext_lazy("What we do for it: meet our duties and improve"),
    "answer_for": gettext_lazy("What we answer for: sanctions, compensation"),
}


class PledgeForm(forms.Form):
    """The three statements in each language, with what they usually say."""

    signed_by = forms.ModelChoiceField(Post.objects.none(), label=gettext_lazy("Signed by"))
    place = TextField(limit=120, label=gettext_lazy("Place"))
    dated_on = forms.DateField(
        label=gettext_lazy("Signed on"),
        widget=forms.DateInput(attrs={"type": "date", "data-narrow": ""}, format="%Y-%m-%d"),
    )
    number = TextField(
        limit=80, required=False, label=gettext_lazy("Number of the paper, as printed")
    )

    def __init__(self, *args, posts: list[Post], seat: str, today: date, **kwargs):
        initial = {"place": seat, "dated_on": today, "signed_by": posts[0].pk if posts else None}
        super().__init__(*args, initial=initial | proposed(), **kwargs)
        self.fields["signed_by"].queryset = Post.objects.filter(pk__in=[post.pk for post in posts])
        for name in STATEMENTS:
            for language, language_name in settings.LANGUAGES:
                self.fields[f"{name}_{language}"] = TextField(
                    limit=STATEMENT_LIMIT,
                    rows=2,
                    required=language == settings.LANGUAGE_CODE,
                    label=f"{_LABELS[name]} ({_(language_name)})",
                )

    def pledge(self) -> dict:
        """The arguments of `adopt_pledge`."""
        given = dict(self.cleaned_data)
        for name in STATEMENTS:
            given[name] = LocalizedText(
                {code: given.pop(f"{name}_{code}") for code, _name in settings.LANGUAGES}
            )
        return given


def proposed() -> dict[str, str]:
    """What pledges say, in the words of each language."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found |= {
                f"serve_{code}": _(
                    "are able to deliver this service to the standard that has been adopted"
                ),
                f"improve_{code}": _("will meet our duties and improve the service continuously"),
                f"answer_for_{code}": _(
                    "accept sanctions under the law and/or give compensation if the service falls "
                    "short of the standard"
                ),
            }
    return found
