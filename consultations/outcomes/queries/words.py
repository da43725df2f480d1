"""The words that an outcome may change: those of the working draft, or, before there is one, of
the revision that is being consulted on."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from consultations.proceedings.models import Consultation, ConsultationDraft
from consultations.proceedings.queries import current_drafts
from consultations.standards.enums import RevisionState
from consultations.standards.models import Placement, Revision, Wording


@dataclass(frozen=True)
class ClauseWords:
    """The present words of a clause in one language. `label` is the consulted revision's, since
    that one cannot change while somebody fills in a form."""

    clause_id: int
    label: str
    draft_position: int
    order: tuple[int, int]
    language: str
    is_first_language: bool
    heading: str
    body: str
    plain: str
    digest: str
    revision: Revision

    @property
    def field(self) -> str:
        """The form's name for these words."""
        place = self.label if self.draft_position == 1 else f"{self.draft_position}:{self.label}"
        return field_name(place, "" if self.is_first_language else self.language)


def field_name(place: str, language: str) -> str:
    return f"words.{place}.{language}" if language else f"words.{place}"


def edited_revisions(drafts: list[ConsultationDraft]) -> dict[int, Revision]:
    """By standard: the working draft, or the consulted revision where none has been started."""
    edited = {draft.revision.standard_id: draft.revision for draft in drafts}
    working = Revision.objects.filter(standard__in=edited, state=RevisionState.WORKING)
    return edited | {
        revision.standard_id: revision
        for revision in working.select_related("standard__service__agency", "standard__log")
    }


def present_words(
    consultation: Consultation, clause_ids: Collection[int] | None = None
) -> dict[tuple[int, str], ClauseWords]:
    """Present words by clause and language, in the order of the draft; all clauses without a
    list of them. A clause that is no longer in the draft is left out. Four queries."""
    drafts = current_drafts(consultation)
    edited = edited_revisions(drafts)
    position = {draft.revision_id: draft.position for draft in drafts}
    wordings = Wording.objects.filter(placement__revision__in=edited.values())
    labels = Placement.objects.filter(revision__in=position)
    if clause_ids is not None:
        wordings = wordings.filter(placement__clause__in=clause_ids)
        labels = labels.filter(clause__in=clause_ids)
    places = {
        clause: (label, position[revision], number)
        for number, (clause, label, revision) in enumerate(
            labels.order_by("component__number", "position", "id").values_list(
                "clause_id", "label", "revision_id"
            )
        )
    }
    first: dict[int, str] = {}
    found = [w for w in wordings.select_related("placement") if w.placement.clause_id in places]
    for wording in found:
        clause = wording.placement.clause_id
        if wording.language == settings.LANGUAGE_CODE or clause not in first:
            first[clause] = wording.language
    revisions = {revision.pk: revision for revision in edited.values()}
    words = [
        _words(wording, revisions, *places[wording.placement.clause_id], first) for wording in found
    ]
    words.sort(key=lambda each: (each.order, not each.is_first_language, each.language))
    return {(each.clause_id, each.language): each for each in words}


def _words(
    wording: Wording, revisions: dict, label: str, draft_position: int, number: int, first: dict
) -> ClauseWords:
    clause = wording.placement.clause_id
    return ClauseWords(
        clause_id=clause,
        label=label,
        draft_position=draft_position,
        order=(draft_position, number),
        language=wording.language,
        # The site's language is the one that binds; without words in it, the one there is.
        is_first_language=first[clause] == wording.language,
        heading=wording.heading,
        body=wording.body,
        plain=wording.plain,
        digest=wording.digest,
        revision=revisions[wording.placement.revision_id],
    )
