"""Keeps the signed heads of the logs that have moved. The web server does it by itself, daily."""

from django.core.management import BaseCommand
from django.utils import timezone

from consultations.ledger.actions import take_checkpoints


class Command(BaseCommand):
    help = "Take today's checkpoint of every log that has moved since its last one."

    def handle(self, *args, **options):
        taken = take_checkpoints(at=timezone.now())
        self.stdout.write(f"{taken} checkpoints taken.")
