from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from consultations.kernel.errors import Refused
from consultations.standards.importing import import_file


class Command(BaseCommand):
    help = (
        "Load standards, or component sets, from JSON files (docs/standard-format.md). "
        "Safe to repeat; a file is loaded as a whole or not at all."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.json")

    def handle(self, *args, files: list[Path], **options):
        for path in files:
            if not path.is_file():
                raise CommandError(f"{path}: there is no such file.")
            try:
                imported = import_file(path, at=timezone.now())
            except Refused as refusal:
                raise CommandError(f"{path.name}: {refusal.message}") from refusal
            if options["verbosity"]:
                self._report(path, imported)

    def _report(self, path: Path, imported) -> None:
        if imported.standard is None:
            self.stdout.write(f"{path.name}: component set loaded.")
            return
        numbers = ", ".join(str(revision.number) for revision in imported.added)
        what = f"added revision {numbers}" if numbers else "nothing new"
        self.stdout.write(f"{path.name}: {imported.standard}: {what}.")
        for warning in imported.warnings:
            self.stderr.write(f"{path.name}: {warning}")
