"""Fields that forms of targets share: numbers as people write them, texts by language."""

import re
from typing import ClassVar, NamedTuple

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import get_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from consultations.kernel.forms import TextField
from consultations.standards.targets.wording import number


class NumberField(forms.Field):
    """120.000 and 1,5 in Indonesian, 120,000 and 1.5 in English.

    Django's own takes 120.000 in Indonesian for 120. What could be read in two ways is refused.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "data-narrow": ""})

    def to_python(self, value) -> int | float | None:
        text = str(value or "").strip()
        if not text:
            return None
        thousand, decimal = get_format("THOUSAND_SEPARATOR"), get_format("DECIMAL_SEPARATOR")
        whole = rf"[0-9]{{1,15}}|[0-9]{{1,3}}(?:{re.escape(thousand)}[0-9]{{3}}){{1,4}}"
        found = re.fullmatch(rf"({whole})(?:{re.escape(decimal)}([0-9]{{1,4}}))?", text)
        if not found:
            example = number(1234.5)
            raise ValidationError(_("Write a number such as %s.") % example, code="number")
        digits, decimals = found[1].replace(thousand, ""), found[2] or ""
        return float(f"{digits}.{decimals}") if decimals.strip("0") else int(digits)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else number(value)

    def has_changed(self, initial, data) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "").strip()


class Text(NamedTuple):
    """A text that is asked for in each language of the site."""

    label: str
    limit: int = 200
    required: bool = True


class LocalizedForm(forms.Form):
    """A form with `texts`: each becomes one field by language, such as name_id and name_en. The
    site's first language is needed as soon as there is a text in another one; `parse` says so.

    While somebody asks for more rows, nothing is checked yet: `is_asking`.
    """

    texts: ClassVar[dict[str, Text]] = {}
    order: ClassVar[tuple[str, ...]] = ()  # names of fields and texts; empty: texts come first

    def __init__(self, *args, is_asking: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_asking = is_asking
        languages = dict(settings.LANGUAGES)
        for name, text in self.texts.items():
            for language, language_name in languages.items():
                self.fields[f"{name}_{language}"] = TextField(
                    label=format_lazy("{} ({})", text.label, language_name),
                    limit=text.limit,
                    required=text.required and language == settings.LANGUAGE_CODE,
                )
        order = []
        for name in [*(self.order or self.texts), *self.fields]:
            codes = languages if name in self.texts else ()
            order += [f"{name}_{code}" for code in codes] or [name]
        self.order_fields(dict.fromkeys(order))

    def full_clean(self):
        if not self.is_asking:
            super().full_clean()
            return
        self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}

    def text(self, name: str) -> dict[str, str] | None:
        """What was typed, by language; None where nothing was."""
        given = {
            language: self.cleaned_data.get(f"{name}_{language}")
            for language, _name in settings.LANGUAGES
        }
        return {language: text for language, text in given.items() if text} or None

    @classmethod
    def typed(cls, found: dict) -> dict:
        """Initial values from JSON: its texts taken apart by language, all else as it is."""
        values = {name: value for name, value in found.items() if name not in cls.texts}
        for name in cls.texts:
            for language, text in (found.get(name) or {}).items():
                values[f"{name}_{language}"] = text
        return values


def filled(**values) -> dict:
    """JSON without what was left empty."""
    return {name: value for name, value in values.items() if value not in (None, "", [], ())}
