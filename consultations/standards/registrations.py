"""What has to happen to standards around every migrate; loaded when the app starts."""

from django.apps import apps
from django.db.models.signals import post_migrate, pre_migrate
from django.utils import timezone

from consultations.standards import kinds as kinds
from consultations.standards import privacy as privacy
from consultations.standards import record as record
from consultations.standards import searching, triggers
from consultations.standards.actions import index_all, render_words_anew

_APP = apps.get_app_config("consultations")


def _render_words_anew(sender, using="default", plan=(), **kwargs):
    """With a new version of the program comes a migrate, and maybe a mended renderer."""
    if using == "default" and triggers.is_ready(using):
        render_words_anew()


def _index_anew(sender, using="default", **kwargs):
    """Where the index is new, or of another format than this version of the program makes."""
    if using == "default" and triggers.is_ready(using) and searching.install():
        index_all(at=timezone.now())


pre_migrate.connect(
    triggers.remove_before_migrating, sender=_APP, dispatch_uid="standards.triggers.remove"
)
post_migrate.connect(triggers.install, sender=_APP, dispatch_uid="standards.triggers.install")
post_migrate.connect(_render_words_anew, sender=_APP, dispatch_uid="standards.render_words_anew")
post_migrate.connect(_index_anew, sender=_APP, dispatch_uid="standards.searching.install")
