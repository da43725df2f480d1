"""What can be told. Each package registers its own kinds; nothing here knows the subject."""

from collections.abc import Callable
from dataclasses import dataclass

from consultations.kernel.registry import Registry
from consultations.notices.models import Notice


@dataclass(frozen=True)
class Kind:
    """How a notice is worded, in the language that is active and from `notice.data` alone.

    A list of notices asks nothing of the database for its words. `title` is also the subject of
    the message: no text and no name of a person in it. `url` is a path of this site.
    """

    title: Callable[[Notice], str]
    text: Callable[[Notice], str]
    url: Callable[[Notice], str]


kinds: Registry[Kind] = Registry("notices.kinds")
