"""Numbers and dates in words, as official records write them (DOMAIN §2.1)."""

from datetime import date

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language
from num2words import num2words


def number_in_words(number: int) -> str:
    """24 → "dua puluh empat", in the reader's language."""
    return num2words(number, lang=get_language() or "id")


def year_in_words(year: int) -> str:
    """A year is read as a number in Indonesian, in pairs in English."""
    language = get_language() or "id"
    return num2words(year, lang=language, to="year" if language == "en" else "cardinal")


def ordinal_heading(number: int) -> str:
    """KESATU, KEDUA, …: the heads of what was agreed."""
    if get_language() == "id":
        return f"ke{num2words(number, lang='id')}".upper()
    return num2words(number, lang=get_language() or "en", to="ordinal").upper()


def date_parts(day: date) -> dict[str, str]:
    """The day, date, month and year of the opening formula, in words."""
    return {
        "weekday": str(WEEKDAYS[day.weekday()]),
        "day": number_in_words(day.day),
        "month": str(MONTHS[day.month]),
        "year": year_in_words(day.year),
        "figures": f"{day.day:02d}-{day.month:02d}-{day.year}",
    }
