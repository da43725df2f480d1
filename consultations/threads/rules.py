"""What a comment may stand on, and which words of others may be replied to."""

from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.proceedings.models import Consultation
from consultations.proceedings.queries import words_now
from consultations.standards.models import Wording
from consultations.standards.queries import DocumentClause
from consultations.threads.enums import CommentState
from consultations.threads.queries.posting import ParentRow, SeenWords, replaced_words

DEEPEST_PARENT = 1  # a reply to a reply is the last level


class DraftReplaced(Conflict):
    """The words seen are no longer under discussion. `old` are those that the author saw, `new`
    the same clause in the draft that took their place (None: it is gone)."""

    code = "draft_replaced"

    def __init__(self, old: Wording, new: DocumentClause | None):
        message = (
            _("This draft has been replaced by a new one. Compare the words and send again.")
            if new
            else _("This draft has been replaced, and the clause is gone from the new one.")
        )
        super().__init__(message, field="wording")
        self.old, self.new = old, new


def check_wording(consultation: Consultation, seen: SeenWords | None) -> None:
    """The words belong to a draft that this consultation discusses now."""
    if seen is None:
        raise Invalid(_("There are no such words. Load the page again."), field="wording")
    if seen.consultation_id != consultation.pk:
        raise Invalid(
            _("These words are not part of this consultation. Load the page again."),
            field="wording",
        )
    if seen.replaced_by_id is not None:
        old, draft = replaced_words(seen)
        raise DraftReplaced(old, words_now(old, draft))


def check_parent(parent: ParentRow | None, seen: SeenWords | None) -> None:
    """The comment replied to can be read, stands on the same clause, and is not too deep."""
    if parent is None:
        raise Invalid(
            _("There is no such comment in this consultation. Load the page again."),
            field="parent",
        )
    name = f"M-{parent.number:04d}"
    if parent.state != CommentState.PUBLISHED:
        raise Invalid(
            _("%s cannot be read by everybody, so it cannot be replied to.") % name,
            field="parent",
        )
    if parent.placement_id != (seen.placement_id if seen else None):
        raise Invalid(_("%s stands on another clause. Reply to it there.") % name, field="parent")
    if parent.depth > DEEPEST_PARENT:
        raise Invalid(
            _("Replies go two levels deep. Reply to the comment above %s.") % name, field="parent"
        )
