"""Services, their standards, and the component sets that rules ask of them."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.fields import LocalizedText
from consultations.ledger import actions as ledger
from consultations.people.models import Agency
from consultations.people.queries import day_in
from consultations.people.rules import check_operate
from consultations.standards.enums import ReasonKind, ServiceKind
from consultations.standards.models import (
    Component,
    ComponentSet,
    ExternalRegister,
    Service,
    Standard,
)
from consultations.standards.rules import check_draft

# What stands below an agency's address beside its services.
RESERVED_SLUGS = frozenset({"desk"})
# Drafters' work: who answers comments changes words by outcomes and sets nothing up.
_SETTING_UP = ReasonKind.AS_PUBLISHED


@transaction.atomic
def create_component_set(
    *, actor, key: str, name: LocalizedText, source: str, components: Iterable[dict]
) -> ComponentSet:
    """The components of a rule; `components` have key, group and name, in the rule's order.

    Sets are for good, since published revisions stand on them: another rule is another set.
    """
    check_operate(actor)
    if ComponentSet.objects.filter(key=key).exists():
        raise Conflict(_("There is a component set of this name."), field="key")
    component_set = ComponentSet.objects.create(key=key, name=name, source=source)
    Component.objects.bulk_create(
        Component(component_set=component_set, number=number, **component)
        for number, component in enumerate(components, 1)
    )
    return component_set


@transaction.atomic
def set_up_register(
    *, actor, key: str, name: LocalizedText, url: str, fields: list[dict]
) -> ExternalRegister:
    """A register elsewhere, and what its form asks for. Done again when its form has changed."""
    check_operate(actor)
    register, _is_new = ExternalRegister.objects.update_or_create(
        key=key, defaults={"name": name, "url": url, "fields": fields}
    )
    return register


@transaction.atomic
def create_service(
    *,
    actor,
    agency: Agency,
    slug: str,
    name: LocalizedText,
    sector: str = "",
    kind: str = ServiceKind.ADMINISTRATIVE,
    at: datetime,
) -> Service:
    ledger.lock(agency.log)
    check_draft(actor, agency, _SETTING_UP, on=day_in(agency, at))
    try:
        validate_slug(slug)
    except ValidationError:
        raise Invalid(_("Write the short address in letters, digits and hyphens."), field="slug")
    if slug in RESERVED_SLUGS:
        raise Invalid(_("This short address is needed for other pages."), field="slug")
    if Service.objects.filter(agency=agency, slug=slug).exists():
        raise Conflict(_("The agency has a service with this short address."), field="slug")
    return Service.objects.create(agency=agency, slug=slug, name=name, sector=sector, kind=kind)


@transaction.atomic
def open_service(
    *,
    actor,
    agency: Agency,
    slug: str,
    name: LocalizedText,
    sector: str = "",
    kind: str = ServiceKind.ADMINISTRATIVE,
    component_set: ComponentSet,
    at: datetime,
) -> Standard:
    """A new service with its standard, of which nothing is written yet."""
    service = create_service(
        actor=actor, agency=agency, slug=slug, name=name, sector=sector, kind=kind, at=at
    )
    return create_standard(actor=actor, service=service, component_set=component_set, at=at)


@transaction.atomic
def create_standard(
    *, actor, service: Service, component_set: ComponentSet, at: datetime
) -> Standard:
    """The standard of a service, with a log of its own and no revision yet."""
    ledger.lock(service.agency.log)
    check_draft(actor, service.agency, _SETTING_UP, on=day_in(service.agency, at))
    if Standard.objects.filter(service=service).exists():
        raise Conflict(_("This service has a standard already."), field="service")
    key = f"{service.agency.slug}/{service.slug}"
    log = ledger.open_log(kind="standard", key=key, at=at)
    return Standard.objects.create(service=service, component_set=component_set, log=log)
