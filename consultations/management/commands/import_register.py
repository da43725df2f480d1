import json
from pathlib import Path

from django.core.management import BaseCommand, CommandError

from consultations.kernel.errors import Refused
from consultations.standards.actions import set_up_register
from consultations.standards.registers import parse_register


class Command(BaseCommand):
    help = (
        "Load registers that standards are entered in elsewhere, from JSON files "
        "(docs/standard-format.md). Safe to repeat: the form of a register may have changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE.json")

    def handle(self, *args, files: list[Path], **options):
        for path in files:
            if not path.is_file():
                raise CommandError(f"{path}: there is no such file.")
            try:
                data = parse_register(json.loads(path.read_text(encoding="utf-8")))
            except (Refused, ValueError) as refusal:
                raise CommandError(f"{path.name}: {refusal}") from refusal
            set_up_register(
                actor=None, key=data.key, name=data.name, url=data.url, fields=data.fields
            )
            if options["verbosity"]:
                self.stdout.write(f"{path.name}: {len(data.fields)} fields.")
