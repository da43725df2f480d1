"""A selection of comments as a form carries it: "12,15-40"."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from consultations.kernel.errors import Invalid

MOST = 20_000


def read_numbers(text: str) -> list[int]:
    """The numbers in "12,15-40" in order. Raises Invalid."""
    numbers: set[int] = set()
    for part in text.replace(" ", "").split(","):
        if not part:
            continue
        first, dash, last = part.partition("-")
        ends = [first, last if dash else first]
        if not all(end.isascii() and end.isdigit() and len(end) < 9 for end in ends):
            raise Invalid(
                _("Write the numbers of the comments, as in 12, 15-40."), field="comments"
            )
        start, stop = map(int, ends)
        if len(numbers) + stop - start >= MOST:
            raise Invalid(_("These are too many comments at once."), field="comments")
        numbers.update(range(start, stop + 1))
    return sorted(numbers)


def write_numbers(numbers: Collection[int]) -> str:
    """The shortest text that `read_numbers` reads back."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return ",".join(f"{first}-{last}" if last > first else f"{first}" for first, last in runs)
