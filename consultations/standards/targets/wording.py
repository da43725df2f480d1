"""How figures are written, in the active language: 1.046, Rp120.000, 08.00, Senin–Kamis."""

from collections.abc import Iterable
from datetime import time

from django.utils import formats
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from consultations.standards.targets.enums import Weekday

# Before the amount, as banks write them; every other currency by its ISO code and a space.
CURRENCY_SIGNS = {"IDR": "Rp", "USD": "US$", "EUR": "€", "GBP": "£", "JPY": "¥", "SGD": "S$"}
CURRENCY_SIGNS |= {"AUD": "A$", "MYR": "RM", "INR": "₹", "PHP": "₱"}

RANGE = "–"


def number(value: float, decimals: int | None = None) -> str:
    return formats.number_format(value, decimal_pos=decimals, force_grouping=True)


def figure(value: float) -> str:
    """3 for 3.0 too."""
    return number(int(value) if value == int(value) else value)


def money(value: float, currency: str) -> str:
    amount = number(value, 0 if value == int(value) else 2)
    return f"{CURRENCY_SIGNS.get(currency, f'{currency} ')}{amount}"


def arrow(before, after) -> str:
    return f"{before} → {after}"


def listed(items: Iterable[str]) -> str:
    """a, b and c"""
    return get_text_list([str(item) for item in items], _("and"))


def clock(value: time) -> str:
    return formats.time_format(value, "TIME_FORMAT")


def days(codes: Iterable[str]) -> str:
    """Days of the week, those in a row as a range: Senin–Kamis dan Sabtu."""
    order = Weekday.values
    runs: list[list[int]] = []
    for place in sorted(order.index(code) for code in codes):
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    names = [str(Weekday(code).label) for code in order]
    return listed(
        names[run[0]] if len(run) == 1 else f"{names[run[0]]}{RANGE}{names[run[-1]]}"
        for run in runs
    )
