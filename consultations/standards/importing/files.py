"""One uploaded file read into what is kept of it: content of one or several documents."""

import json
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from consultations.kernel.errors import Invalid
from consultations.kernel.fields import LocalizedText
from consultations.people.models import Agency
from consultations.standards.importing import stored
from consultations.standards.importing.parsing import StandardData, labels_of, parse_standard
from consultations.standards.models import Component, ComponentSet
from consultations.standards.reading import (
    ComponentNames,
    UnreadableFile,
    is_standard_json,
    read_documents,
)

_LAST_NUMBER = 9_999


def names_of(components: Sequence[Component]) -> tuple[ComponentNames, ...]:
    """The components of a set as readers take them: the name in the site's first language first,
    by which they name a component in doubts. (Not every database keeps the order of JSON.)"""
    return tuple(
        ComponentNames(part.key, part.number, part.group, _first_language_first(part.name))
        for part in components
    )


def _first_language_first(name: LocalizedText) -> dict[str, str]:
    first = settings.LANGUAGE_CODE
    return {first: name.in_language(first)} | dict(name)


def read_content(
    content: bytes, filename: str, *, agency: Agency, component_set: ComponentSet
) -> list[dict]:
    """What is kept of a file (`stored`), at least one. Raises UnreadableFile."""
    components = list(component_set.components.all())
    if is_standard_json(content):
        value = json.loads(content)
        _check_own_format(value, agency, component_set, components)
        return [{stored.OWN_FORMAT: value}]
    found = read_documents(
        content, filename, components=names_of(components), component_set=component_set.key
    )
    return [stored.dump(read) for read in found]


def _check_own_format(
    value: dict, agency: Agency, component_set: ComponentSet, components: Sequence[Component]
) -> None:
    """All that can be said of it without loading it, so that the preview may be believed."""
    try:
        data = parse_standard(value)
        numbers = {part.key: part.number for part in components}
        if data.component_set == component_set.key:
            for revision in data.revisions:
                labels_of(revision, numbers)
    except Invalid as refusal:
        raise UnreadableFile(refusal.message, code="wrong_format")
    if data.revisions[-1].number > _LAST_NUMBER:
        raise UnreadableFile(_("The numbers of its revisions are too high."), code="wrong_format")
    if data.agency is None or data.agency.slug != agency.slug:
        message = _("This is a standard of another agency (%(slug)s). Import it at its desk.")
        slug = data.agency.slug if data.agency else "–"
        raise UnreadableFile(message % {"slug": slug}, code="other_agency")
    if data.component_set != component_set.key:
        message = _("The standard has other components (%(key)s). Choose these when you upload it.")
        raise UnreadableFile(message % {"key": data.component_set}, code="other_components")


def own_format_of(content: dict) -> StandardData | None:
    """The standard in Rembuk's own format, or None for one that was read out of a document."""
    value = content.get(stored.OWN_FORMAT)
    return parse_standard(value) if value else None
