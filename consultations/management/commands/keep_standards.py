"""Tells what the calendar brings about. The web server does it by itself, every hour."""

from django.core.management import BaseCommand
from django.utils import timezone

from consultations.standards.actions import announce_coming_into_force, remind_of_reviews


class Command(BaseCommand):
    help = "Tell which standards came into force, and remind agencies of reviews that are due."

    def handle(self, *args, **options):
        at = timezone.now()
        told, reminded = announce_coming_into_force(at=at), remind_of_reviews(at=at)
        self.stdout.write(f"{told} standards came into force, {reminded} people reminded.")
