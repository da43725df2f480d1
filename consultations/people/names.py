"""What people are called and how they are reached, in the one form in which it is kept."""

import re

import regex
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from consultations.kernel.errors import Invalid
from consultations.kernel.text import clean_text
from consultations.people.enums import ContactKind

PUBLIC_NAME_LIMIT = 80
# A letter or digit that can be seen: some fillers count as letters and show nothing.
_VISIBLE = regex.compile(r"[[\p{L}\p{N}]--\p{Default_Ignorable_Code_Point}]", regex.VERSION1)
_INTERNATIONAL_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")


def clean_line(value: str, *, limit: int, field: str) -> str:
    """A text of one line: like `clean_text`, with every run of space made one."""
    return " ".join(clean_text(value, limit=limit, field=field).split())


def clean_public_name(value: str) -> str:
    """The name shown beside comments: any name or pseudonym that can be seen."""
    name = clean_line(value, limit=PUBLIC_NAME_LIMIT, field="public_name")
    if len(name) > PUBLIC_NAME_LIMIT:  # few characters as seen, but too many to store
        raise Invalid(_("This name is too long. Shorten it."), field="public_name")
    if not _VISIBLE.search(name):
        raise Invalid(_("Write a name with at least one letter or digit."), field="public_name")
    return name


def clean_email(value: str) -> str:
    """An address in lower case, which is how it is looked up."""
    email = value.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid(_("Write an e-mail address like name@example.org."), field="email") from error
    return email


def clean_contact(kind: ContactKind, value: str) -> str:
    if kind == ContactKind.EMAIL:
        return clean_email(value)
    number = re.sub(r"[ ().-]", "", value)
    if not _INTERNATIONAL_NUMBER.fullmatch(number):
        raise Invalid(
            _("Write the number with its country code, like +62 812 3456 7890."), field="value"
        )
    return number
