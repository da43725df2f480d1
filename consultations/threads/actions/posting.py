"""Posting a comment: the one write that thousands make at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.kernel.prepared import PreparedInsert
from consultations.ledger import actions as ledger
from consultations.people.queries import actor_name, day_in
from consultations.proceedings.actions import join
from consultations.proceedings.enums import Source
from consultations.proceedings.models import Consultation, Participant
from consultations.proceedings.rules import ENTERING, check_enter, check_takes_comments
from consultations.standards.models import Wording
from consultations.threads.contributions import (
    Contribution,
    Passage,
    check_proposal,
    contribution,
    find_passage,
)
from consultations.threads.enums import CommentState, Stance
from consultations.threads.models import Anchor, Comment
from consultations.threads.queries.posting import (
    ParentRow,
    SeenWords,
    Situation,
    parent_row,
    seen_words,
    situation,
)
from consultations.threads.rules import check_parent, check_wording

_ADD_COMMENT = PreparedInsert(Comment)


class TokenReused(Conflict):
    """A token came again with other content: two things were meant to be sent."""

    code = "token_reused"

    def __init__(self):
        super().__init__(
            _("This form has sent something else already. Look at your text and send it again."),
            field="token",
        )


@dataclass(frozen=True)
class PostedComment:
    """`is_repeat`: the same had been accepted before, with the same token."""

    comment: Comment
    is_repeat: bool = False


@dataclass(frozen=True)
class _Place:
    """What the comment stands on."""

    seen: SeenWords | None
    parent: ParentRow | None
    passage: Passage | None


@dataclass(frozen=True)
class _Provenance:
    """How and when it came in; `participant` is somebody else whom the actor writes down."""

    source: str
    occurred_at: datetime
    entered_at: datetime
    participant: Participant | None
    language: str


def post_comment(
    *,
    actor,
    consultation: Consultation,
    wording: Wording | int | None = None,
    parent: Comment | int | None = None,
    stance: str = Stance.NEUTRAL,
    body: str,
    quote: dict[str, str] | None = None,
    proposed_text: str = "",
    token: UUID,
    at: datetime,
    source: str = Source.ONLINE,
    occurred_at: datetime | None = None,
    participant: Participant | None = None,
    language: str = "",
) -> PostedComment:
    """Publishes a comment on words of a draft, or on the consultation as a whole (no wording).

    `wording` and `parent` as id and number save reading them twice. The same token with the same
    content gives the same answer, whenever; with other content it raises TokenReused. With a
    `participant` the actor writes down what that person said, wrote or called in.
    """
    made = contribution(stance=stance, body=body, proposed_text=proposed_text, quote=quote)
    said = _Provenance(source, occurred_at or at, at, participant, language)
    wording_id = wording.pk if isinstance(wording, Wording) else wording
    parent_number = parent.number if isinstance(parent, Comment) else parent
    fingerprint = made.fingerprint(wording=wording_id, parent=parent_number)
    with transaction.atomic():
        ledger.lock(consultation.log)
        found = situation(consultation, actor, token, wording_id, participant)
        if found.repeated_id is not None:
            return _repeated(consultation, found.repeated_id, fingerprint)
        _check_writer(actor, consultation, found, said)
        place = _find_place(consultation, made, wording_id, parent_number, found.words)
        comment = _row(actor, made, said, place)
        comment.number, comment.consultation = (found.last_number or 0) + 1, consultation
        comment.token, comment.fingerprint = token, fingerprint
        _publish(actor, comment, place, _voice(actor, consultation, found, at))
    return PostedComment(comment)


def _repeated(consultation: Consultation, comment_id: int, fingerprint: str) -> PostedComment:
    comment = Comment.objects.get(pk=comment_id)
    comment.consultation = consultation
    if comment.fingerprint != fingerprint:
        raise TokenReused()
    return PostedComment(comment, is_repeat=True)


def _check_writer(actor, consultation: Consultation, found: Situation, said: _Provenance) -> None:
    if not found.is_active:
        raise Denied(_("Sign in to comment; your account must not be suspended."))
    if said.participant is not None:
        check_enter(actor, consultation, at=said.entered_at)
        if found.participant_id is None:
            raise Invalid(_("This person takes no part in this consultation."), field="participant")
    is_online = said.source == Source.ONLINE
    if said.source not in Source.values or is_online != (said.participant is None):
        raise Invalid(_("Choose how the contribution came in."), field="source")
    if said.occurred_at > said.entered_at:
        raise Invalid(_("This lies in the future."), field="occurred_at")
    consultation.stage, consultation.closes_at = found.stage, found.closes_at
    check_takes_comments(consultation, source=said.source, occurred_at=said.occurred_at)


def _find_place(
    consultation: Consultation,
    made: Contribution,
    wording_id: int | None,
    number: int | None,
    seen: SeenWords | None,
) -> _Place:
    """`seen` are the words with this id, as far as they have been read already."""
    parent = parent_row(consultation, number) if number is not None else None
    if wording_id is None and parent is not None:
        wording_id = parent.wording_id
    if wording_id is not None:
        seen = seen or seen_words(wording_id)
        check_wording(consultation, seen)
    if number is not None:
        check_parent(parent, seen)
    if seen is None:
        _check_stands_alone(made)
        return _Place(None, parent, None)
    passage = find_passage(seen.plain, made)
    check_proposal(made, seen.body, seen.plain, passage)
    return _Place(seen, parent, passage)


def _check_stands_alone(made: Contribution) -> None:
    """Without words of a draft there is nothing to quote and nothing to replace."""
    for value, field in ((made.exact, "quote_exact"), (made.proposed_text, "proposed_text")):
        if value:
            raise Invalid(_("Choose the clause that these words belong to."), field=field)


def _row(actor, made: Contribution, said: _Provenance, place: _Place) -> Comment:
    seen = place.seen
    return _ADD_COMMENT.new(
        wording_id=seen.pk if seen else None,
        parent_id=place.parent.pk if place.parent else None,
        stance=made.stance,
        body=made.body,
        proposed_text=made.proposed_text,
        language=said.language or (seen.language if seen else settings.LANGUAGE_CODE),
        state=CommentState.PUBLISHED,
        source=said.source,
        occurred_at=said.occurred_at,
        entered_at=said.entered_at,
        entered_by_id=actor.pk if said.participant else None,
    )


def _voice(
    actor, consultation: Consultation, found: Situation, at: datetime
) -> tuple[int, int, bool]:
    """Id and number of the participant, and whether it speaks for the agency. Who comments for the
    first time joins by that."""
    if found.participant_id is None:
        participant = join(user=actor, consultation=consultation, at=at)
        return participant.pk, participant.number, participant.is_organiser
    return found.participant_id, found.participant_number, bool(found.is_official)


def _publish(actor, comment: Comment, place: _Place, voice: tuple[int, int, bool]) -> None:
    """The entry first, so that the row is written once, with the entry's number in it."""
    seen, parent, passage, at = place.seen, place.parent, place.passage, comment.entered_at
    comment.participant_id, number, comment.is_official = voice
    data = {
        "number": comment.number,
        "wording": comment.wording_id,
        "clause": seen.label if seen else None,
        "parent": parent.number if parent else None,
        "stance": comment.stance,
        "source": str(comment.source),
    }
    consultation = comment.consultation
    if comment.entered_by_id is not None:
        agency = consultation.agency
        data["entered_by"] = actor_name(actor, agency, *ENTERING, on=day_in(agency, at))
    entry = ledger.append(
        consultation.log,
        "comment.posted",
        actor=f"participant:{number}",
        subject=f"comment:{comment.number}",
        data=data,
        contents=texts_of(comment, passage.exact if passage else ""),
        at=at,
    )
    comment.seq = entry.seq
    _ADD_COMMENT.run(comment)
    if passage:
        Anchor.objects.create(comment=comment, wording_id=seen.pk, **vars(passage))


def texts_of(comment: Comment, quote: str) -> dict[str, str]:
    """What the entry digests, and what is compared with it when the record is verified."""
    return {"body": comment.body, "proposed_text": comment.proposed_text, "quote": quote}
