"""The forms of signing in and up, filled in as a browser would."""

import re

import pytest
from django.test import Client

from consultations.people.models import User

CODE = re.compile(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", re.MULTILINE)
HOME = {"id": "/", "en": "/en/"}
languages = pytest.mark.parametrize("language", ["id", "en"])


def at(language: str, path: str) -> str:
    return f"{HOME[language]}accounts/{path}"


def signed_in(client: Client) -> User | None:
    user_id = client.session.get("_auth_user_id")
    return User.objects.get(pk=user_id) if user_id else None


def code_in(message) -> str:
    """The code stands on a line of its own."""
    return CODE.search(message.body)[1]


def sign_in(client: Client, email: str, password: str = "rembuk-demo", language: str = "id"):
    return client.post(at(language, "login/"), {"login": email, "password": password})


def sign_up(client: Client, language: str = "id", **changes: str):
    form = {
        "public_name": "Bu Sari",
        "email": "Sari@Contoh.test",
        "password1": "pagi-hari-di-desa",
        "password2": "pagi-hari-di-desa",
    }
    return client.post(at(language, "signup/"), form | changes)
