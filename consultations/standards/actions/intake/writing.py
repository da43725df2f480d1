"""From a preview to a revision, by the actions that people use."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.fields import LocalizedText
from consultations.people.models import Agency
from consultations.standards.actions.adopting import adopt_revision
from consultations.standards.actions.decrees import record_decree
from consultations.standards.actions.intake.clauses import RevisionWriter
from consultations.standards.actions.publishing import publish_revision
from consultations.standards.actions.setting_up import create_service, create_standard
from consultations.standards.enums import RevisionState
from consultations.standards.importing.choices import Becomes, DocumentChoices
from consultations.standards.importing.previews import Preview
from consultations.standards.models import ComponentSet, Revision, Service, Standard

_SLUG_LIMIT = 80


@transaction.atomic
def write_document(
    *,
    actor,
    agency: Agency,
    component_set: ComponentSet,
    found: Preview,
    at: datetime,
) -> Revision:
    """A new service with its standard, or the next revision of one that is there; adopted by its
    decree where that is wanted, otherwise a working draft. The caller holds the agency's log."""
    if found.lacks:
        raise Invalid(" ".join(found.lacks))
    standard = found.standard or _new_standard(actor, agency, component_set, found.wanted, at)
    if found.wanted.becomes is Becomes.PUBLISHED:
        _check_not_in_consultation(standard)
    writer = RevisionWriter(
        actor=actor,
        standard=standard,
        present=found.present,
        language=found.wanted.language,
        reason=_reason(found.wanted),
        at=at,
    )
    revision = writer.write(found.planned, number=found.wanted.number)
    if found.wanted.becomes is Becomes.PUBLISHED:
        _adopt(actor, revision, found.wanted, at)
    return revision


def _new_standard(
    actor, agency: Agency, component_set: ComponentSet, wanted: DocumentChoices, at: datetime
) -> Standard:
    name = " ".join(wanted.service_name.split())
    if not name:
        raise Invalid(_("Write the name of the service."), field="service_name")
    slug = wanted.slug or short_address(name)
    service = Service.objects.filter(agency=agency, slug=slug, standard=None).first()
    if service is None:
        service = create_service(
            actor=actor,
            agency=agency,
            slug=slug,
            name=LocalizedText({wanted.language: name}),
            at=at,
        )
    return create_standard(actor=actor, service=service, component_set=component_set, at=at)


def short_address(name: str) -> str:
    return slugify(name)[:_SLUG_LIMIT].strip("-") or "layanan"


def _check_not_in_consultation(standard: Standard) -> None:
    open_one = standard.revisions.filter(state=RevisionState.CONSULTED).first()
    if open_one:
        raise Conflict(
            _(
                "Revision %(number)d is in consultation. Conclude that first, or let the document "
                "become a working draft."
            )
            % {"number": open_one.number},
            code="in_consultation",
        )


def _reason(wanted: DocumentChoices) -> str:
    """Readers see it beside the words, in the language that standards are law in."""
    with override(settings.LANGUAGE_CODE):
        if wanted.decree_number:
            return _("As published with decree %(number)s.") % {"number": wanted.decree_number}
        return _("As published.")


def _adopt(actor, revision: Revision, wanted: DocumentChoices, at: datetime) -> None:
    """What holds already, or has held, is a fact; what comes into force later passes the gate."""
    publish_revision(actor=actor, revision=revision, state=RevisionState.FINALISED, at=at)
    decree = record_decree(
        actor=actor,
        agency=revision.standard.service.agency,
        number=wanted.decree_number,
        dated_on=wanted.decree_dated_on,
        title=LocalizedText({wanted.language: wanted.decree_title} if wanted.decree_title else {}),
        at=at,
    )
    adopt_revision(
        actor=actor,
        revision=revision,
        decree=decree,
        annex_number=wanted.annex_number,
        effective_on=wanted.effective_on,
        is_history=True,
        at=at,
    )
