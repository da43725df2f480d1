"""Loads the samples: agencies and their standards, people of one, and a consultation under way."""

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import transaction
from django.utils import timezone, translation

from consultations.management.demo.coming import adopt_for_later
from consultations.management.demo.consultation import Story
from consultations.management.demo.keeping import keep
from consultations.management.demo.meeting import hold_meeting
from consultations.management.demo.people import load_people
from consultations.people.models import Agency
from consultations.people.queries import day_in
from consultations.proceedings.models import Consultation
from consultations.standards.enums import RevisionState
from consultations.standards.models import Revision
from consultations.standards.queries import revision_in_force

SAMPLES = settings.BASE_DIR / "samples"
SLUG = "ktp-elektronik"


class Command(BaseCommand):
    help = "Load the demo (safe to repeat: what is there stays as it is)."

    def handle(self, *args, **options):
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("The demo's people have a public password: set DEMO=1 for it.")
        if Consultation.objects.filter(slug=SLUG).exists():
            self.stdout.write("The demo is there already.")
            return
        with transaction.atomic(), translation.override("id"):
            self._load()
        self.stdout.write("Demo loaded: sign in as warga1@contoh.test with rembuk-demo.")

    def _load(self):
        now = timezone.now()
        for path in sorted((SAMPLES / "legal").glob("*.json")):
            call_command("import_legal_acts", str(path), verbosity=0)
        for path in sorted((SAMPLES / "standards").glob("*.json")):
            call_command("import_standard", str(path), verbosity=0)
        for path in sorted((SAMPLES / "registers").glob("*.json")):
            call_command("import_register", str(path), verbosity=0)
        adopt_for_later(now=now)
        agency = Agency.objects.get(services__slug=SLUG)
        revision = Revision.objects.get(standard__service__slug=SLUG, state=RevisionState.CONSULTED)
        story = Story(
            SAMPLES / "demo",
            load_people(SAMPLES / "demo", agency, at=now),
            revision,
            now=now,
        )
        keep(agency, revision_in_force(revision.standard, on=day_in(agency, now)), at=now)
        story.open_consultation(agency)
        story.tell_before_session()
        story.record_outcomes()
        hold_meeting(story)
        story.tell_session()
