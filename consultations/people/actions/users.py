"""Users: signing up, being made by others, suspended, restored, erased."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from consultations.kernel.errors import Conflict, Invalid
from consultations.ledger import actions as ledger
from consultations.people.actions.contacts import keep_contacts
from consultations.people.models import User
from consultations.people.names import clean_email, clean_public_name
from consultations.people.privacy import personal_data
from consultations.people.registries import announce_access_change
from consultations.people.rules import check_erase, check_operate, check_reach


def register(
    *,
    actor=None,
    public_name: str,
    language: str = "id",
    password: str | None = None,
    password_hash: str = "",
    is_operator: bool = False,
    at: datetime,
) -> User:
    """Makes a user without any address; whoever signs up is made by the program itself.

    `password_hash` instead of a password is for loading many people at once.
    """
    check_operate(actor)
    user = User(
        public_name=clean_public_name(public_name),
        language=_checked_language(language),
        is_staff=is_operator,
        is_superuser=is_operator,
        joined_at=at,
    )
    if password_hash:
        user.password = password_hash
    else:
        user.set_password(password)  # None: no password will ever fit
    user.save()
    return user


def create_user(
    *,
    actor=None,
    email: str,
    verified: bool = True,
    at: datetime,
    **profile,
) -> User:
    """Makes a user who can sign in with this address, by password and by code. `profile` is what
    `register` takes.

    A verified address is a contact at once; an unverified one when its owner has proved it.
    Refuses an address that somebody else has proved to be theirs.
    """
    email = clean_email(email)
    try:
        with transaction.atomic():
            user = register(actor=actor, at=at, **profile)
            if verified and EmailAddress.objects.filter(email=email, verified=True).exists():
                raise _taken()
            EmailAddress.objects.create(user=user, email=email, primary=True, verified=verified)
            keep_contacts(actor=None, user=user, at=at)
    except IntegrityError as error:  # somebody was faster
        raise _taken() from error
    return user


def change_profile(*, actor, user: User, public_name: str, language: str, at: datetime) -> None:
    """A person's own name and language. Comments show the name of their participant, not this."""
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=user.pk)
        check_reach(actor, person)
        person.public_name = clean_public_name(public_name)
        person.language = _checked_language(language)
        person.save(update_fields=["public_name", "language"])
    user.refresh_from_db(fields=["public_name", "language"])


def suspend(*, actor, user: User, at: datetime) -> None:
    """Nothing can be done in this person's name any more; the reason stands with the case."""
    _set_active(actor, user, False)


def restore(*, actor, user: User, at: datetime) -> None:
    """Lifts a suspension. The person signs in anew."""
    _set_active(actor, user, True)


def erase_person(*, actor, user: User, at: datetime) -> None:
    """Takes out everything that the registry of personal data says may be taken out.

    The row stays without a name, so that what was said keeps its place; sessions and sockets
    end. Refuses who holds a post. Safe to repeat.
    """
    with transaction.atomic():
        logs = {log.pk: log for entry in personal_data for log in entry.logs(user)}
        if logs:
            ledger.lock(*logs.values())
        person = User.objects.select_for_update().get(pk=user.pk)
        check_erase(actor, person, on=timezone.localdate(at))
        for entry in personal_data:
            entry.erase(person, at)
        end_sessions.enqueue(person.pk)
        announce_access_change(person.pk)
    user.refresh_from_db()


@task()
def end_sessions(user_id: int) -> int:
    """Deletes a person's sessions, which may hold a text that was not sent yet.

    They have stopped working before (inactive user, other password hash); this takes away what
    is in them. Sessions know no user, so all are read. Safe to repeat.
    """
    ended = 0
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user_id):
            session.delete()
            ended += 1
    return ended


def _set_active(actor, user: User, is_active: bool) -> None:
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=user.pk)
        check_operate(actor)
        if actor is not None and actor.pk == person.pk:
            raise Conflict(_("You cannot suspend yourself."))
        person.is_active = is_active
        person.save(update_fields=["is_active"])
        if not is_active:
            end_sessions.enqueue(person.pk)
            announce_access_change(person.pk)
    user.refresh_from_db(fields=["is_active"])


def _checked_language(language: str) -> str:
    if language not in dict(settings.LANGUAGES):
        raise Invalid(_("Choose one of the languages of this site."), field="language")
    return language


def _taken() -> Conflict:
    return Conflict(_("Somebody signs in with this address already."), field="email")
