"""Makes the index of the register anew. Actions keep it; this is for what was changed past them."""

from django.core.management import BaseCommand
from django.utils import timezone

from consultations.standards.actions import index_all


class Command(BaseCommand):
    help = "Index all standards of the register anew (safe to repeat)."

    def handle(self, *args, **options):
        self.stdout.write(f"{index_all(at=timezone.now())} standards indexed.")
