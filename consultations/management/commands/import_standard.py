from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from consultations.kernel.errors import Refused
from consultations.ledger import actions as ledger
from consultations.people.models import Agency
from consultations.standards.actions.intake import write_document
from consultations.standards.importing import files, import_file, stored
from consultations.standards.importing.choices import as_read, without_unplaced
from consultations.standards.importing.present import Standards
from consultations.standards.importing.previews import Preview, preview
from consultations.standards.models import ComponentSet
from consultations.standards.reading import DocumentKind, Doubt, DoubtCode, ReadStandard


class Command(BaseCommand):
    help = (
        "Load standards, or component sets, from JSON files (docs/standard-format.md); or make "
        "working drafts of DOCX and Markdown files of an --agency, saying what is doubtful. "
        "JSON is safe to repeat; a file is loaded as a whole or not at all."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--agency", metavar="SLUG", help="whose a DOCX or Markdown file is")
        parser.add_argument(
            "--components", metavar="KEY", help="component set of such a file, where several are"
        )

    def handle(self, *args, files: list[Path], **options):
        for path in files:
            if not path.is_file():
                raise CommandError(f"{path}: there is no such file.")
            try:
                if path.suffix.lower() == ".json":
                    self._report(path, import_file(path, at=timezone.now()), options)
                else:
                    self._make_drafts(path, options)
            except Refused as refusal:
                raise CommandError(f"{path.name}: {refusal.message}") from refusal

    def _report(self, path: Path, imported, options) -> None:
        if not options["verbosity"]:
            return
        if imported.standard is None:
            self.stdout.write(f"{path.name}: component set loaded.")
            return
        numbers = ", ".join(str(revision.number) for revision in imported.added)
        what = f"added revision {numbers}" if numbers else "nothing new"
        self.stdout.write(f"{path.name}: {imported.standard}: {what}.")
        for warning in imported.warnings:
            self.stderr.write(f"{path.name}: {warning}")

    @transaction.atomic
    def _make_drafts(self, path: Path, options) -> None:
        agency, component_set = _agency(options["agency"]), _components(options["components"])
        ledger.lock(agency.log)
        contents = files.read_content(
            path.read_bytes(), path.name, agency=agency, component_set=component_set
        )
        for content in contents:
            self._make_draft(path, agency, component_set, stored.load(content), options)

    def _make_draft(
        self,
        path: Path,
        agency: Agency,
        component_set: ComponentSet,
        read: ReadStandard,
        options,
    ) -> None:
        """Clauses under no component are left out: nobody is here to say where they belong."""
        if read.kind_of_document is DocumentKind.PROCEDURE:
            raise CommandError(f"{path.name}: {Doubt.about(DoubtCode.PROCEDURE).message}")
        wanted = without_unplaced(as_read(read))
        found = preview(
            read,
            wanted,
            components=list(component_set.components.all()),
            standard=Standards(agency, component_set).named(wanted.service_name),
        )
        revision = write_document(
            actor=None,
            agency=agency,
            component_set=component_set,
            found=found,
            at=timezone.now(),
        )
        if options["verbosity"]:
            self.stdout.write(
                f"{path.name}: {revision.standard}: working draft, revision {revision.number}, "
                f"{found.filled} of {len(found.components)} components."
            )
            self._doubts(path, found)

    def _doubts(self, path: Path, found: Preview) -> None:
        for each in found.read.all_doubts:
            place = str(each.place)
            self.stderr.write(f"{path.name}: {place + ': ' if place else ''}{each.message}")
        for index in found.left_out:
            clause = found.read.clauses[index]
            self.stderr.write(f"{path.name}: {clause.place}: left out: {clause.body[:80]}")


def _agency(slug: str | None) -> Agency:
    if not slug:
        raise CommandError("Say whose standards these are: --agency SLUG.")
    found = Agency.objects.select_related("log").filter(slug=slug).first()
    if found is None:
        raise CommandError(f"{slug}: there is no such agency.")
    return found


def _components(key: str | None) -> ComponentSet:
    sets = ComponentSet.objects.order_by("-pk")
    found = sets.filter(key=key).first() if key else sets.first()
    if found is None:
        raise CommandError("There is no such component set; import it first.")
    return found
