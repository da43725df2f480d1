"""What happened around a standard since it was looked at last."""

from datetime import date

from consultations.standards.models import Standard
from consultations.standards.registries import figures


def figures_since(standard: Standard, day: date) -> list[tuple[int, str]]:
    """How many of what, as the packages above know it."""
    return [figure for source in figures for figure in source(standard, day)]
