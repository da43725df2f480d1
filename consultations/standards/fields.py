"""Strict reading of JSON objects: each refusal names the place and what should stand there."""

from collections.abc import Collection
from datetime import date, time
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from consultations.kernel.errors import Invalid
from consultations.kernel.fields import LocalizedText
from consultations.kernel.text import clean_text

_NAMES = {str: "text", int: "number", float: "number", dict: "object", bool: "true/false"}
MOST = 10**12  # no promise is larger


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
            names = "/".join(dict.fromkeys(_NAMES.get(kind, kind.__name__) for kind in kinds))
            raise refused(self.at(name), _("%s is expected") % names)
        return value

    def text(self, name: str, *, limit: int = 200, required: bool = True) -> str:
        return _clean(self.take(name, str, required=required) or "", limit, self.at(name), required)

    def choice(self, name: str, choices: Collection[str], default: str | None = None) -> str:
        value = self.take(name, str, required=default is None) or default
        if value not in choices:
            raise refused(self.at(name), _("one of %s is expected") % ", ".join(sorted(choices)))
        return value

    def option(self, name: str, choices: Collection[str]) -> str:
        """One of `choices`, or empty where the field is left out."""
        return self.choice(name, choices) if name in self else (self.take(name, str) or "")

    def options(self, name: str, choices: Collection[str], *, required: bool = False) -> tuple:
        """Several of `choices`, none of them twice, in the order of the file."""
        values = self.take(name, list, required=required) or []
        for number, value in enumerate(values):
            if value not in list(choices) or value in values[:number]:
                names = ", ".join(choices)
                where = f"{self.at(name)}[{number}]"
                raise refused(where, _("one of %s is expected, each once") % names)
        if required and not values:
            raise refused(self.at(name), _("at least one is expected"))
        return tuple(values)

    def flag(self, name: str) -> bool:
        return bool(self.take(name, bool))

    def number(
        self,
        name: str,
        *,
        least: float = 0,
        most: float = MOST,
        whole: bool = False,
        required: bool = True,
    ) -> int | float | None:
        """As it stands in the file: 3 stays 3 and 3.0 stays 3.0, since both are digested."""
        kinds = (int,) if whole else (int, float)
        value = self.take(name, *kinds, required=required)
        if value is not None and not least <= value <= most:  # NaN is neither
            message = _("a number from %(least)s to %(most)s is expected")
            raise refused(self.at(name), message % {"least": f"{least:g}", "most": f"{most:g}"})
        return value

    def clock(self, name: str) -> time:
        value = self.take(name, str, required=True)
        try:
            if len(value) == len("08:00"):
                return time.fromisoformat(value)
        except ValueError:
            pass
        raise refused(self.at(name), _("a time such as 08:00 is expected"))

    def day(self, name: str, *, required: bool = False) -> date | None:
        value = self.take(name, str, required=required)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise refused(self.at(name), _("a day such as 2024-01-02 is expected"))

    def localized(self, name: str, *, limit: int = 200, required: bool = True) -> LocalizedText:
        """{"id": …, "en": …}; the site's first language is required."""
        given = self.take(name, dict, required=required) or {}
        known = dict(settings.LANGUAGES)
        found = LocalizedText()
        for language, text in given.items():
            where = f"{self.at(name)}.{language}"
            if language not in known or not isinstance(text, str):
                raise refused(where, _("texts by language are expected"))
            found[language] = _clean(text, limit, where, required=True)
        if required and settings.LANGUAGE_CODE not in found:
            raise refused(self.at(name), _("a text in %s is needed") % settings.LANGUAGE_CODE)
        return found

    def objects(
        self, name: str, *, required: bool = True, most: int | None = None
    ) -> list["Fields"]:
        values = self.take(name, list, required=required) or []
        if most and len(values) > most:
            raise refused(self.at(name), _("at most %d are expected") % most)
        return [Fields(value, f"{self.at(name)}[{n}]") for n, value in enumerate(values)]

    def object(self, name: str, *, required: bool = False) -> "Fields | None":
        value = self.take(name, dict, required=required)
        return None if value is None else Fields(value, self.at(name))

    def end(self) -> None:
        if unknown := sorted(set(self._value) - self._asked):
            raise refused(self.at(unknown[0]), _("the format has no such field"))

    def at(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name


def refused(where: str, what: str) -> Invalid:
    return Invalid(f"{where}: {what}.", field=where or "__all__")


def _clean(text: str, limit: int, where: str, required: bool) -> str:
    cleaned = clean_text(text, limit=limit, field=where)
    if required and not cleaned:
        raise refused(where, _("a text is expected"))
    return cleaned
