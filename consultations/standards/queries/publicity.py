"""What an agency keeps of a standard: its publications, and registers elsewhere."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.standards.models import (
    ExternalRegister,
    Publication,
    Registration,
    Revision,
    Standard,
)


def publications_of(standard: Standard) -> list[Publication]:
    """All of them, those that have ended too; the newest first."""
    found = Publication.objects.filter(standard=standard).select_related("revision", "recorded_by")
    return list(found)


def get_publication(standard: Standard, pk: int) -> Publication:
    """Raises Missing."""
    found = Publication.objects.filter(standard=standard, pk=pk).select_related("revision").first()
    if found is None:
        raise Missing(_("There is no such publication."))
    found.standard = found.revision.standard = standard
    return found


def registers() -> list[ExternalRegister]:
    return list(ExternalRegister.objects.order_by("key"))


def get_register(key: str) -> ExternalRegister:
    """Raises Missing."""
    found = ExternalRegister.objects.filter(key=key).first()
    if found is None:
        raise Missing(_("There is no such register."))
    return found


@dataclass(frozen=True)
class Registered:
    """What the register has of a standard, beside what is in force."""

    registration: Registration | None
    is_outdated: bool  # another revision is in force than the one it shows

    @property
    def known(self) -> dict[str, str]:
        found = self.registration
        return {"external_id": found.external_id, "url": found.url} if found else {}


def registered(standard: Standard, register: ExternalRegister, in_force: Revision) -> Registered:
    found = (
        Registration.objects.filter(standard=standard, register=register)
        .select_related("revision")
        .first()
    )
    return Registered(found, found is not None and found.revision_id != in_force.pk)
