"""What stands above the form on the page for writing: the words, and the comment replied to."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.proceedings.models import Consultation
from consultations.proceedings.queries import newest_draft, words_now
from consultations.standards.models import Wording
from consultations.standards.queries import DocumentClause
from consultations.threads.models import Comment
from consultations.threads.queries.threads import get_comment


@dataclass(frozen=True)
class Place:
    """Where a comment will stand: on words of a draft, under another comment, or on the
    consultation as a whole."""

    wording: Wording | None = None
    parent: Comment | None = None
    is_replaced: bool = False  # the draft of these words has given way to another …
    now: DocumentClause | None = None  # … in which the clause has these words, or is gone

    @property
    def words(self) -> Wording | DocumentClause | None:
        """What is discussed now, and what a form about this place is for."""
        return self.now if self.is_replaced else self.wording

    @property
    def words_id(self) -> int | None:
        if self.is_replaced:
            return self.now.wording_id if self.now else None
        return self.wording.pk if self.wording else None

    @property
    def label(self) -> str:
        """Under which number readers find the clause."""
        if self.is_replaced and self.now:
            return self.now.label
        return self.wording.placement.label if self.wording else ""


def place_of(consultation: Consultation, wording_id: int | None, parent: int | None) -> Place:
    """Raises Missing for what is not of this consultation. A reply stands where its parent does."""
    above = get_comment(consultation, parent) if parent else None
    if above is not None and wording_id is None:
        wording_id = above.wording_id
    if wording_id is None:
        return Place(parent=above)
    wording = (
        Wording.objects.filter(
            pk=wording_id, placement__revision__consultation_draft__consultation=consultation
        )
        .select_related(
            "placement__component", "placement__revision__consultation_draft__replaced_by"
        )
        .first()
    )
    if wording is None:
        raise Missing(_("There are no such words in this consultation."))
    draft = wording.placement.revision.consultation_draft
    if draft.replaced_by_id is None:
        return Place(wording, above)
    return Place(wording, above, is_replaced=True, now=words_now(wording, newest_draft(draft)))
