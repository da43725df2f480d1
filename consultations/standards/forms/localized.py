"""One field for each language of the site; the first one is required where the text is."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info

from consultations.kernel.fields import LocalizedText
from consultations.kernel.forms import TextField


def add_localized(form: forms.Form, name: str, label: str, *, limit: int, required: bool) -> None:
    """`label` has a %s for the language."""
    for code, _language in settings.LANGUAGES:
        form.fields[f"{name}_{code}"] = TextField(
            label=label % get_language_info(code)["name_translated"],
            limit=limit,
            required=required and code == settings.LANGUAGE_CODE,
        )


def localized(form: forms.Form, name: str) -> LocalizedText:
    codes = [code for code, _language in settings.LANGUAGES]
    given = {code: form.cleaned_data[f"{name}_{code}"] for code in codes}
    return LocalizedText({code: text for code, text in given.items() if text})
