from pathlib import Path

from django.core.management import BaseCommand, CommandError

from consultations.standards.actions import record_legal_acts
from consultations.standards.citing import load_acts, load_kinds


class Command(BaseCommand):
    help = (
        "Load legal acts from JSON files, against which the legal basis of standards is checked. "
        "Safe to repeat; what is known already is brought up to date."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.json")

    def handle(self, *args, files: list[Path], **options):
        kinds = load_kinds()
        for path in files:
            if not path.is_file():
                raise CommandError(f"{path}: there is no such file.")
            try:
                acts = load_acts(path, kinds)
            except (ValueError, KeyError) as trouble:
                raise CommandError(f"{path.name}: {trouble}") from trouble
            recorded = record_legal_acts(actor=None, acts=acts, country=kinds.country)
            if options["verbosity"]:
                counts = f"{recorded.added} acts added, {recorded.changed} changed"
                self.stdout.write(f"{path.name}: {counts}.")
