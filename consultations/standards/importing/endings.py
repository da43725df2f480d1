"""How a loaded revision came into force and how it ended, as the file says."""

from datetime import datetime

from django.utils.translation import gettext as _

from consultations.ledger.models import Log
from consultations.people import actions as people
from consultations.people.models import Agency, Post
from consultations.standards import actions
from consultations.standards.fields import refused
from consultations.standards.importing.parsing import DecreeData, RevisionData
from consultations.standards.models import Decree, Revision


def logs_of(agency: Agency) -> list[Log]:
    """Of an agency and of those above it, whose decrees may adopt its standards."""
    logs, above = [], agency
    while above and above.log not in logs:
        logs.append(above.log)
        above = above.parent
    return logs


def adopt(actor, revision: Revision, data: RevisionData, at: datetime) -> None:
    actions.adopt_revision(
        actor=actor,
        revision=revision,
        decree=_decree(actor, revision.standard.service.agency, data.decree, at),
        annex_number=data.annex_number,
        effective_on=data.effective_on,
        is_history=True,
        at=at,
    )
    if data.superseded_on:
        actions.supersede_revision(
            actor=actor, revision=revision, ended_on=data.superseded_on, at=at
        )


def _decree(actor, own: Agency, data: DecreeData, at: datetime) -> Decree:
    agency: Agency | None = own
    while data.agency and agency and agency.slug != data.agency:
        agency = agency.parent
    if agency is None:
        raise refused("decree.agency", _("no agency %s stands above this one") % data.agency)
    return actions.record_decree(
        actor=actor,
        agency=agency,
        number=data.number,
        dated_on=data.dated_on,
        title=data.title,
        signed_by=_post(actor, agency, data, at),
        signed_name=data.signed_name,
        at=at,
    )


def _post(actor, agency: Agency, data: DecreeData, at: datetime) -> Post | None:
    if not data.post:
        return None
    posts = Post.objects.filter(agency=agency).order_by("pk")
    found = next((post for post in posts if post.title == data.post), None)
    return found or people.create_post(actor=actor, agency=agency, title=data.post, at=at)
