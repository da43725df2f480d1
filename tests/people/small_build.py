from datetime import UTC, date, datetime
from itertools import count
from consultations.kernel.fields import LocalizedText
from consultations.people import actions as people
TODAY = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
_numbers = count(1)
def text(words): return LocalizedText({"id": words, "en": words})
def a_user(name="", **kwargs):
    number = next(_numbers)
    return people.create_user(actor=None, email=kwargs.pop("email", f"orang{number}@contoh.test"), public_name=name or f"Orang {number}", language=kwargs.pop("language","id"), password=kwargs.pop("password","rembuk-demo"), at=TODAY, **kwargs)
def an_agency(slug="", **kwargs):
    slug = slug or f"dinas-{next(_numbers)}"
    return people.create_agency(actor=None, slug=slug, name=text(f"Dinas {slug}"), seat="Tirtasari", at=TODAY, **kwargs)
def an_official(agency, *roles, name="", **kwargs):
    user = a_user(name, **kwargs)
    starts_on = date(2026,1,1)
    post = people.create_post(actor=None, agency=agency, title=text("Pejabat"), at=TODAY)
    people.appoint(actor=None, post=post, user=user, official_name=str(user.public_name), starts_on=starts_on, at=TODAY)
    for role in roles:
        people.grant_role(actor=None, post=post, role=role, agency=agency, starts_on=starts_on, at=TODAY)
    return user
