"""Sessions in the database, and their users, read by statements that are compiled once: everything
that somebody does while signed in begins with both."""

from allauth.account import auth_backends
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from consultations.kernel.prepared import Parameter, Prepared
from consultations.people.models import User

_SESSION = Prepared(
    lambda: Session.objects.filter(
        session_key=Parameter("key", CharField()), expire_date__gt=Parameter("now", DateTimeField())
    )
)
_USER = Prepared(lambda: User.objects.filter(pk=Parameter("pk", User._meta.pk)))


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        found = _SESSION.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found


class AuthenticationBackend(auth_backends.AuthenticationBackend):
    def get_user(self, user_id):
        user = _USER.first(pk=user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
