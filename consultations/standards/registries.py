"""What the packages above tell about standards, which know nothing of them."""

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet

from consultations.kernel.registry import Registry
from consultations.standards.models import Revision, Standard

# By any name: users who have a part in a revision and are told when it is in force. Gets the
# revision, and the one that held before it, if there was one.
followers: Registry[Callable[[Revision, Revision | None], QuerySet]] = Registry(
    "standards.followers"
)

# By any name: what happened around a standard since a day, for whoever reviews it: how many, and
# of what (a word for that many). Nothing that is none.
figures: Registry[Callable[[Standard, date], list[tuple[int, str]]]] = Registry("standards.figures")
