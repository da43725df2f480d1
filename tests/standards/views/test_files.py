"""Standards as files, at the addresses that everybody may cite."""

import json

import pytest
from django.urls import reverse

from consultations.standards import actions
from consultations.standards.importing.parsing import parse_standard
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision(agency):
    return build.a_revision(build.a_standard(agency))


def address(revision, form, number=None):
    service = revision.standard.service
    return reverse(
        "standard_file", args=[service.agency.slug, service.slug, number or revision.number, form]
    )


@pytest.mark.parametrize(
    ("form", "type", "start"),
    [
        ("pdf", "application/pdf", b"%PDF-"),
        (
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            b"PK\x03\x04",
        ),
        ("md", "text/markdown; charset=utf-8", b"# "),
        ("json", "application/json", b"{"),
    ],
)
def test_a_revision_can_be_had_as_a_file(client, revision, form, type, start):
    response = client.get(address(revision, form))

    assert (response.status_code, response["Content-Type"]) == (200, type)
    assert response.content.startswith(start)
    assert response["Content-Disposition"].startswith("attachment; ")
    assert "Set-Cookie" not in response.headers


def test_the_file_of_data_is_what_the_import_reads(client, revision):
    content = json.loads(client.get(address(revision, "json")).content)

    assert [each.number for each in parse_standard(content).revisions] == [revision.number]


@pytest.mark.parametrize("form", ["exe", "html"])
def test_other_endings_are_missing(client, revision, form):
    assert client.get(address(revision, form)).status_code == 404


def test_working_drafts_are_their_agencys(client, as_user, drafter, revision):
    draft = actions.start_working_draft(
        actor=None, standard=revision.standard, based_on=revision, at=build.TODAY
    )

    assert client.get(address(draft, "md")).status_code == 404
    assert as_user(drafter).get(address(draft, "md")).status_code == 200
    assert as_user(drafter).get(address(draft, "json")).status_code == 404


def test_the_page_offers_them(client, revision):
    page = client.get(revision.get_absolute_url()).content.decode()

    assert all(address(revision, form) in page for form in ("pdf", "docx", "md", "json"))


def test_without_a_pledge_there_is_no_poster(client, revision):
    service = revision.standard.service

    url = reverse("pledge_file", args=[service.agency.slug, service.slug])

    assert client.get(url).status_code == 404
