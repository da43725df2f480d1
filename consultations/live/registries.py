"""What upper packages tell the live hub, which has no word of the subject in it."""

from collections.abc import Callable, Iterable

from consultations.kernel.registry import Registry
from consultations.ledger.models import Entry

# By entry type: {seq: html} of a batch of entries of one log, in a language (which is also the
# active one). Rendered from the current state, without user or request, with a number of queries
# that does not depend on the batch. A seq may be left out.
renderers: Registry[Callable[[list[Entry], str], dict[int, str]]] = Registry("live.renderers")

# By entry type: the subjects ("comment:187") whose fragments an entry of this type makes stale.
# After a type that is not registered, all fragments of the room are rendered anew.
touches: Registry[Callable[[Entry], Iterable[str]]] = Registry("live.touches")
