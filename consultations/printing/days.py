"""Days as papers write them (DOMAIN §5)."""

from datetime import date

from django.utils import dateformat, translation


def plain_day(day: date, language: str) -> str:
    """20 Agustus 2024"""
    with translation.override(language):
        return dateformat.format(day, "j F Y")


def long_day(day: date, language: str) -> str:
    """Selasa, 20 Agustus 2024"""
    with translation.override(language):
        return dateformat.format(day, "l, j F Y")
