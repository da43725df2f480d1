"""Strict reading of JSON objects: each refusal names the place and what should stand there."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from consultations.kernel.errors import Invalid
from consultations.kernel.fields import LocalizedText
from consultations.kernel.text import clean_text


class Fields:
    """One JSON object of the file. `end` refuses what nobody asked for: it would be lost."""

    def __init__(self, value: Any, where: str):
        if not isinstance(value, dict):
            raise refused(where, _("an object in braces is expected"))
        self._value, self.where, self._asked = value, where, set()

    def __contains__(self, name: str) -> bool:
        return self._value.get(name) is not None

    def take(self, name: str, *kinds: type, required: bool = False) -> Any:
        self._asked.add(name)
        value = self._value.get(name)
        if value is None and not required:
            return None
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            names = "/".join({str: "text", int: "number"}.get(k, k.__name__) for k in kinds)
            raise refused(self._at(name), _("%s is expected") % names)
        return value

    def text(self, name: str, *, limit: int = 200, required: bool = True) -> str:
        return _clean(
            self.take(name, str, required=required) or "", limit, self._at(name), required
        )

    def choice(self, name: str, choices: Collection[str], default: str | None = None) -> str:
        value = self.take(name, str, required=default is None) or default
        if value not in choices:
            raise refused(self._at(name), _("one of %s is expected") % ", ".join(sorted(choices)))
        return value

    def day(self, name: str, *, required: bool = False) -> date | None:
        value = self.take(name, str, required=required)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise refused(self._at(name), _("a day such as 2024-01-02 is expected"))

    def localized(self, name: str, *, limit: int = 200, required: bool = True) -> LocalizedText:
        """{"id": …, "en": …}; the site's first language is required."""
        given = self.take(name, dict, required=required) or {}
        known = dict(settings.LANGUAGES)
        found = LocalizedText()
        for language, text in given.items():
            where = f"{self._at(name)}.{language}"
            if language not in known or not isinstance(text, str):
                raise refused(where, _("texts by language are expected"))
            found[language] = _clean(text, limit, where, required=True)
        if required and settings.LANGUAGE_CODE not in found:
            raise refused(self._at(name), _("a text in %s is needed") % settings.LANGUAGE_CODE)
        return found

    def objects(self, name: str, *, required: bool = True) -> list["Fields"]:
        values = self.take(name, list, required=required) or []
        return [Fields(value, f"{self._at(name)}[{n}]") for n, value in enumerate(values)]

    def object(self, name: str, *, required: bool = False) -> "Fields | None":
        value = self.take(name, dict, required=required)
        return None if value is None else Fields(value, self._at(name))

    def end(self) -> None:
        if unknown := sorted(set(self._value) - self._asked):
            raise refused(self._at(unknown[0]), _("the format has no such field"))

    def _at(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name


def refused(where: str, what: str) -> Invalid:
    return Invalid(f"{where}: {what}.", field=where or "__all__")


def _clean(text: str, limit: int, where: str, required: bool) -> str:
    cleaned = clean_text(text, limit=limit, field=where)
    if required and not cleaned:
        raise refused(where, _("a text is expected"))
    return cleaned
