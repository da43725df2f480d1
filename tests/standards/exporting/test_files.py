"""The format, written and read again: nothing is lost, whatever stands in it."""

import copy
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trying

from consultations.standards.exporting.files import (
    content_of,
    file_bytes,
    standard_content,
)
from consultations.standards.importing import import_file
from consultations.standards.importing.parsing import (
    digest_of,
    labels_of,
    parse_standard,
)
from consultations.standards.models import Standard
from tests import build
from tests.build import TODAY
from tests.standards.strategies import standards

SAMPLES = settings.BASE_DIR / "samples"
FILES = sorted((SAMPLES / "standards").glob("*.json"))


@given(standards())
def test_what_is_written_is_read_as_the_same(data):
    content = json.loads(file_bytes(content_of(data, source="https://a.example/")))

    assert parse_standard(content) == data


def loaded(content: dict, folder: Path, slug: str) -> Standard:
    """The standard of a file, for an agency of that slug."""
    content = copy.deepcopy(content)
    if isinstance(content["agency"], dict):
        content["agency"]["slug"] = slug
        if above := content["agency"].get("parent"):
            above["slug"] = f"{slug}-atas"
            for revision in content["revisions"]:
                if "agency" in revision.get("decree", {}):
                    revision["decree"]["agency"] = above["slug"]
    path = folder / "file.json"
    path.write_bytes(file_bytes(content))
    return import_file(path, at=TODAY).standard


def written(standard: Standard) -> dict:
    """All revisions, under the one name that two agencies' files are compared by."""
    numbers = list(standard.revisions.values_list("number", flat=True))
    slug = standard.service.agency.slug
    return json.loads(file_bytes(standard_content(standard, numbers)).replace(slug.encode(), b"x"))


@pytest.mark.django_db
@given(data=standards())
@trying(
    max_examples=25,
    deadline=None,
    # Making a failing case smaller takes minutes with a database; its seed is printed anyway.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_loaded_and_written_again_it_is_the_same(data, tmp_path):
    with transaction.atomic():
        numbers = {part.key: part.number for part in build.a_component_set().components.all()}
        first = loaded(content_of(data), tmp_path, "zzsatu")
        once = written(first)
        second = loaded(
            standard_content(first, [r.number for r in data.revisions]), tmp_path, "zzdua"
        )

        assert written(second) == once
        for revision in data.revisions:
            found = first.revisions.get(number=revision.number)
            expected = digest_of(revision, labels_of(revision, numbers))
            assert not found.digest or found.digest == expected
        transaction.set_rollback(True)
