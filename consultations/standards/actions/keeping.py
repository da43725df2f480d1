"""Where standards are made public, and what registers elsewhere know of them."""

from datetime import date, datetime
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.text import clean_text
from consultations.ledger import actions as ledger
from consultations.people.queries import actor_name
from consultations.standards.actions.working import day_of
from consultations.standards.enums import Medium
from consultations.standards.models import (
    ExternalRegister,
    Publication,
    Registration,
    Revision,
    Standard,
)
from consultations.standards.queries import Standing, standing
from consultations.standards.rules import DRAFTING, check_keep

_PUBLIC = {Standing.IN_FORCE, Standing.COMING}
_check_url = URLValidator(schemes=["http", "https"])


@transaction.atomic
def record_publication(
    *,
    actor,
    revision: Revision,
    medium: str,
    place: str,
    published_on: date,
    url: str = "",
    photo: bytes = b"",
    photo_text: str = "",
    at: datetime,
) -> Publication:
    """Where a revision can be read since when, with an address or a photograph as its proof.

    `photo` is a JPEG of `photographs.read_photograph`, and has to say in words what it shows.
    """
    standard = revision.standard
    ledger.lock(standard.log)
    on = day_of(standard, at)
    check_keep(actor, standard.service.agency, on=on)
    _check_public(revision, on)
    _check_medium(medium, published_on, on)
    publication = Publication(
        standard=standard,
        revision=revision,
        medium=medium,
        place=required(place, 200, "place"),
        url=clean_url(url, "url"),
        published_on=published_on,
        recorded_by=actor,
        recorded_at=at,
    )
    _add_proof(publication, photo, clean_text(photo_text, limit=300, field="photo_text"))
    publication.save()
    data = {"publication": publication.pk, "medium": medium, "on": published_on.isoformat()}
    _append(actor, revision, "publication.recorded", data, at)
    return publication


@transaction.atomic
def end_publication(*, actor, publication: Publication, ended_on: date, at: datetime) -> None:
    """It can be read there no more. The row stays: it was public until then."""
    standard = publication.standard
    ledger.lock(standard.log)
    on = day_of(standard, at)
    check_keep(actor, standard.service.agency, on=on)
    publication.refresh_from_db(fields=["ended_on"])
    if publication.ended_on is not None:
        raise Conflict(_("This has been ended already."), code="ended")
    if not publication.published_on <= ended_on <= on:
        raise Invalid(_("Write a day from the one it began on until today."), field="ended_on")
    publication.ended_on = ended_on
    publication.save(update_fields=["ended_on"])
    data = {"publication": publication.pk, "on": ended_on.isoformat()}
    _append(actor, publication.revision, "publication.ended", data, at)


@transaction.atomic
def record_registration(
    *,
    actor,
    standard: Standard,
    register: ExternalRegister,
    revision: Revision,
    external_id: str,
    url: str = "",
    at: datetime,
) -> Registration:
    """What a register elsewhere knows: its id there, and that it shows this revision now."""
    ledger.lock(standard.log)
    on = day_of(standard, at)
    check_keep(actor, standard.service.agency, on=on)
    _check_public(revision, on)
    revision.standard = standard
    registration, _is_new = Registration.objects.update_or_create(
        standard=standard,
        register=register,
        defaults={
            "external_id": required(external_id, 80, "external_id"),
            "url": clean_url(url, "url"),
            "revision": revision,
            "recorded_on": on,
        },
    )
    data = {"register": register.key, "id": registration.external_id, "number": revision.number}
    _append(actor, revision, "registration.recorded", data, at)
    return registration


def _check_public(revision: Revision, on: date) -> None:
    if standing(revision, on=on) not in _PUBLIC:
        raise Conflict(_("Only what is in force, or will be, is made public."), code="not_in_force")


def _check_medium(medium: str, published_on: date, on: date) -> None:
    if medium not in Medium:
        raise Invalid(_("Choose a medium from the list."), field="medium")
    if published_on > on:
        raise Invalid(_("Write the day since which it can be read."), field="published_on")


def _add_proof(publication: Publication, photo: bytes, photo_text: str) -> None:
    if not publication.url and not photo:
        raise Invalid(_("Give an address or a photograph, so that it can be seen."), field="url")
    if photo and not photo_text:
        raise Invalid(
            _("Say what the photograph shows, for those who do not see it."), field="photo_text"
        )
    if photo:
        publication.photo_text = photo_text
        # A name that nobody can guess, and that says nothing of the file that was sent.
        publication.photo.save(f"{uuid4().hex}.jpg", ContentFile(photo), save=False)


def required(text: str, limit: int, field: str) -> str:
    cleaned = clean_text(text, limit=limit, field=field)
    if not cleaned:
        raise Invalid(_("This is missing."), field=field)
    return cleaned


def clean_url(url: str, field: str) -> str:
    """An address of the web or nothing: other schemes could run in the reader's browser."""
    cleaned = clean_text(url, limit=500, field=field)
    try:
        if cleaned:
            _check_url(cleaned)
    except ValidationError:
        raise Invalid(_("Write the address as https://…"), field=field)
    return cleaned


def _append(actor, revision: Revision, type: str, data: dict, at: datetime) -> None:
    standard = revision.standard
    on = day_of(standard, at)
    ledger.append(
        standard.log,
        type,
        actor=actor_name(actor, standard.service.agency, *DRAFTING, on=on),
        subject=f"revision:{revision.number}",
        data=data,
        at=at,
    )
