"""The operators' site: to look at people, not to change them, and not to see how to reach them."""

import pytest
from django.contrib import admin

from consultations.people.enums import Role
from tests import build

pytestmark = pytest.mark.django_db

PAGES = ["user", "agency", "post", "postholding", "rolegrant", "delivery", "legalact"]


@pytest.fixture
def operator_client(client):
    client.force_login(build.a_user("Admin", email="admin@contoh.test", is_operator=True))
    return client


@pytest.mark.parametrize("page", PAGES)
def test_operator_looks_and_changes_nothing(operator_client, page):
    build.an_official(build.an_agency(), Role.MODERATOR, email="sari@contoh.test")
    folder = f"/operator/consultations/{page}/"

    listed = operator_client.get(folder)

    assert listed.status_code == 200
    assert "sari@contoh.test" not in listed.content.decode()
    assert operator_client.get(f"{folder}add/").status_code == 403


def test_nobodys_address_is_shown_to_operators(operator_client):
    shown = {model.__name__ for model in admin.site._registry}

    assert not shown & {"Contact", "EmailAddress", "EmailConfirmation", "Notice", "Session"}


def test_operators_come_in_by_the_same_door(client):
    response = client.get("/operator/", follow=True)

    assert response.redirect_chain[-1][0] == "/accounts/login/?next=%2Foperator%2F"


def test_citizens_stay_out(client):
    client.force_login(build.a_user())

    assert client.get("/operator/").status_code in {302, 403}
    assert client.get("/operator/", follow=True).status_code == 403
