"""Model fields of our own."""

from django.db import models
from django.utils.translation import get_language


class LocalizedText(dict):
    """A short text in several languages: {"id": "Biaya/tarif", "en": "Fee"}.

    Reads as the reader's language where there is one, otherwise as the language it was first
    written in. No language is built in: another country has other keys.
    """

    def __str__(self) -> str:
        return self.in_language(get_language() or "")

    def in_language(self, language: str) -> str:
        return self.get(language) or next((text for text in self.values() if text), "")


class LocalizedTextField(models.JSONField):
    """Stores a LocalizedText."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"default": LocalizedText} | kwargs)

    def deconstruct(self):
        # Migrations keep the plain column, so that they import nothing of ours.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs | {"default": dict}

    def from_db_value(self, value, expression, connection):
        return LocalizedText(super().from_db_value(value, expression, connection) or {})

    def to_python(self, value):
        return value if isinstance(value, LocalizedText) else LocalizedText(value or {})
