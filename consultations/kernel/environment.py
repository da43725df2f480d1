"""Strict readers for environment variables: nonsense is refused at boot, by name and remedy.

Only `forum/settings.py` reads the environment; everything else asks Django's settings.
"""

import os
import re
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

_TRUE, _FALSE = {"1", "true", "on", "yes"}, {"0", "false", "off", "no", ""}


class Environment:
    """Reads typed values from `source` (the process's environment unless a test says otherwise)."""

    def __init__(self, source: Mapping[str, str] | None = None):
        self._source = os.environ if source is None else source

    def text(self, name: str, default: str = "") -> str:
        return self._source.get(name, "").strip() or default

    def flag(self, name: str, default: bool = False) -> bool:
        if name not in self._source:
            return default
        value = self._source[name].strip().lower()
        if value in _TRUE:
            return True
        if value in _FALSE:
            return False
        raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0.")

    def number(self, name: str, default: int, *, low: int, high: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise ImproperlyConfigured(
                f"{name}={value!r}: write a whole number from {low} to {high}."
            )
        return int(value)

    def words(self, name: str, default: str = "") -> list[str]:
        return [word for word in re.split(r"[,\s]+", self.text(name, default)) if word]

    def choice(self, name: str, default: str, choices: set[str]) -> str:
        value = self.text(name, default)
        if value not in choices:
            raise ImproperlyConfigured(
                f"{name}={value!r}: write one of {', '.join(sorted(choices))}."
            )
        return value

    def seed(self, name: str, default: str) -> bytes:
        """32 bytes written as 64 hexadecimal digits."""
        value = self.text(name, default)
        if not re.fullmatch(r"[0-9a-fA-F]{64}", value):
            raise ImproperlyConfigured(
                f"{name}: write 64 hexadecimal digits (openssl rand -hex 32)."
            )
        return bytes.fromhex(value)

    def public_keys(self, name: str) -> list[tuple[str, datetime | None]]:
        """Keys of 64 hexadecimal digits, each with the moment it ended: HEX@2026-11-25T00:00Z."""
        return [self._public_key(name, word) for word in self.words(name)]

    def _public_key(self, name: str, word: str) -> tuple[str, datetime | None]:
        key, at, end = word.partition("@")
        try:
            until = datetime.fromisoformat(end) if at else None
        except ValueError:
            until = datetime.min
        if not re.fullmatch(r"[0-9a-fA-F]{64}", key) or (until and until.tzinfo is None):
            raise ImproperlyConfigured(
                f"{name}: {word!r}: write a public key as 64 hexadecimal digits, then @ and the "
                "moment it ended, with its zone (HEX@2026-11-25T00:00Z)."
            )
        return key.lower(), until
