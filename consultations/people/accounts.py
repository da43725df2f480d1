"""How django-allauth's accounts become Rembuk's people.

allauth's EmailAddress is what one signs in with; our Contact is where one is told things. What
is proved for the first becomes the second. Whoever gets another password loses their other sessions
and all sockets at once (signing out closes them by Django's own signal).
"""

from urllib.parse import urlsplit

from allauth.account import signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override

from consultations.people import actions
from consultations.people.enums import ContactKind
from consultations.people.models import User
from consultations.people.registries import announce_access_change


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return True

    def save_user(self, request, user, form, commit=True) -> User:
        """Makes the person; allauth adds the address, which is no contact before it is proved."""
        return actions.register(
            public_name=form.cleaned_data["public_name"],
            language=get_language() or settings.LANGUAGE_CODE,
            password=form.cleaned_data["password1"],
            at=timezone.now(),
        )

    def clean_email(self, email: str) -> str:
        return email.lower()

    def post_login(self, request, user, **kwargs):
        actions.keep_contacts(actor=user, user=user, at=timezone.now())
        return super().post_login(request, user, **kwargs)

    def set_password(self, user: User, password: str) -> None:
        super().set_password(user, password)  # which ends all other sessions
        announce_access_change(user.pk)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")  # in the language of the page, unlike a fixed path

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def is_safe_url(self, url: str) -> bool:
        """Back to this very site only; allauth would also allow every host in ALLOWED_HOSTS."""
        return url_has_allowed_host_and_scheme(
            url,
            allowed_hosts={context.request.get_host()},
            require_https=context.request.is_secure(),
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        # The one behind trusted proxies, by our own middleware; allauth reads headers itself.
        return request.META.get("REMOTE_ADDR", "")

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """In the language of the person concerned, with links to SITE_URL whatever host was
        asked for."""
        user = context.get("user")
        language = getattr(user, "language", "") or get_language() or settings.LANGUAGE_CODE
        links = {name: _at_site(url) for name, url in context.items() if name.endswith("_url")}
        site = {"name": settings.SITE_NAME, "domain": settings.SITE_URL}
        with override(language):
            super().send_mail(template_prefix, email, context | links | {"current_site": site})


def _at_site(url: str) -> str:
    parts = urlsplit(url)
    return settings.SITE_URL + parts.path + (f"?{parts.query}" if parts.query else "")


# Signals are how allauth tells; between our own packages there are none.


@receiver(signals.email_confirmed, dispatch_uid="people.prove_contact")
def _prove_contact(sender, email_address: EmailAddress, **kwargs) -> None:
    user, at = email_address.user, timezone.now()
    contact = actions.add_contact(
        actor=user, user=user, kind=ContactKind.EMAIL, value=email_address.email, at=at
    )
    actions.verify_contact(actor=user, contact=contact, at=at)


@receiver(signals.email_removed, dispatch_uid="people.remove_contact")
def _remove_contact(sender, user: User, email_address: EmailAddress, **kwargs) -> None:
    contacts = user.contacts.filter(kind=ContactKind.EMAIL, value=email_address.email)
    for contact in contacts:
        actions.remove_contact(actor=user, contact=contact)
