"""The fixed cast: who acts in the tests. Staff belong to the agency `agency`; `stranger` is staff
of another one."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from consultations.people.enums import Role
from tests import build


@pytest.fixture
def agency(db):
    return build.an_agency("disdukcapil")


@pytest.fixture
def consultation(agency):
    """Open, on one draft of three clauses."""
    return build.a_consultation(agency)


@pytest.fixture
def visitor():
    return AnonymousUser()


@pytest.fixture
def citizen(db):
    return build.a_user("Siti Rahmawati")


@pytest.fixture
def other_citizen(db):
    return build.a_user("I Made Suardana")


@pytest.fixture
def moderator(agency):
    return build.an_official(agency, Role.MODERATOR, name="Bagus Prasetyo")


@pytest.fixture
def other_moderator(agency):
    return build.an_official(agency, Role.MODERATOR, name="Lestari Handayani")


@pytest.fixture
def note_taker(agency):
    return build.an_official(agency, Role.NOTE_TAKER, name="Rina Kusumawati")


@pytest.fixture
def drafter(agency):
    return build.an_official(agency, Role.DRAFTER, name="Yusuf Maulana")


@pytest.fixture
def answering_officer(agency):
    return build.an_official(agency, Role.ANSWERING_OFFICER, name="Dewi Anggraini")


@pytest.fixture
def signatory(agency):
    return build.an_official(agency, Role.APPROVER, Role.SIGNATORY, name="Ratna Wulandari")


@pytest.fixture
def operator(db):
    return build.a_user("Galih Nugroho", is_operator=True)


@pytest.fixture
def stranger(db):
    """Has every role of an agency, in another one."""
    across_agencies = {Role.COORDINATOR, Role.AUDITOR}
    roles = [role for role in Role if role not in across_agencies]
    return build.an_official(build.an_agency("dinas-lain"), *roles, name="Orang Asing")


@pytest.fixture
def in_english():
    """For tests that compare sentences: the site's first language is Indonesian."""
    with translation.override("en"):
        yield


@pytest.fixture
def as_user(client):
    """A test client that is signed in as somebody: as_user(citizen).get(…)."""

    def signed_in(user):
        client.force_login(user, backend="consultations.people.sessions.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """Runs what waits for the commit: `with commits(): …`."""

    def run():
        return django_capture_on_commit_callbacks(execute=True)

    return run
