"""What the pages of a standard show of consultations on it."""

from datetime import datetime

from consultations.proceedings.enums import Stage
from consultations.proceedings.models import ConsultationDraft
from consultations.standards.sections import Place, Section, sections


@sections.register("consultations")
def consultations_on(place: Place, at: datetime) -> Section | None:
    """The public ones, the newest first. One query."""
    drafts = ConsultationDraft.objects.filter(
        revision__standard=place.standard, consultation__stage__in=Stage.PUBLIC
    )
    if place.revision is not None:
        drafts = drafts.filter(revision=place.revision)
    found = list(
        drafts.select_related("consultation", "revision").order_by("-consultation__opens_at", "-pk")
    )
    if not found:
        return None
    state = tuple(
        (draft.pk, draft.replaced_by_id, draft.consultation.stage, _is_open(draft, at))
        for draft in found
    )
    content = [
        {"draft": draft, "consultation": draft.consultation, "is_open": _is_open(draft, at)}
        for draft in found
        if draft.replaced_by_id is None or place.revision is not None
    ]
    return Section("proceedings/_consultations_on.html", content, state)


def _is_open(draft: ConsultationDraft, at: datetime) -> bool:
    consultation = draft.consultation
    takes_comments = consultation.stage == Stage.OPEN and at <= consultation.closes_at
    return takes_comments and draft.replaced_by_id is None
