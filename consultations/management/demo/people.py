"""The demo's people: citizens, and officials in their posts."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password

from consultations.kernel.fields import LocalizedText
from consultations.people import actions
from consultations.people.models import Agency, User

PASSWORD = "rembuk-demo"


@dataclass(frozen=True)
class Cast:
    """Everybody by address, and what the demo knows about each citizen."""

    users: dict[str, User]
    citizens: list[dict]

    def citizen(self, number: int) -> User:
        """`warga1@…` is number 1."""
        return self.users[f"warga{number}@contoh.test"]


def load_people(folder: Path, agency: Agency, *, at: datetime) -> Cast:
    content = json.loads((folder / "people.json").read_text(encoding="utf-8"))
    citizens = content["citizens"] + [{"name": name} for name in content["more_citizens"]]
    # One hash for all: hashing fifty times the same password would take a newcomer's patience.
    password_hash = make_password(PASSWORD)
    users = {}
    for number, citizen in enumerate(citizens, 1):
        email = f"warga{number}@contoh.test"
        users[email] = _user(email, citizen["name"], password_hash, at)
    for official in content["staff"]:
        users[official["email"]] = _official(official, agency, password_hash, at)
    return Cast(users, citizens)


def _user(email: str, name: str, password_hash: str, at: datetime, **kwargs) -> User:
    return actions.create_user(
        actor=None,
        email=email,
        password_hash=password_hash,
        public_name=name,
        language="id",
        at=at,
        **kwargs,
    )


def _official(official: dict, agency: Agency, password_hash: str, at: datetime) -> User:
    is_operator = official.get("is_operator", False)
    user = _user(official["email"], official["name"], password_hash, at, is_operator=is_operator)
    starts_on = (at - timedelta(days=365)).date()
    post = actions.create_post(
        actor=None,
        agency=agency,
        title=LocalizedText(official["title"]),
        unit=LocalizedText(official["unit"]),
        at=at,
    )
    actions.appoint(
        actor=None,
        post=post,
        user=user,
        official_name=official["official_name"],
        rank=official["rank"],
        civil_servant_number=official["nip"],
        starts_on=starts_on,
        at=at,
    )
    for role in official["roles"]:
        actions.grant_role(
            actor=None, post=post, role=role, agency=agency, starts_on=starts_on, at=at
        )
    return user
