"""After a restore from backup: begin a new epoch, so that readers who are ahead start anew."""

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from consultations.ledger.actions import start_epoch
from consultations.ledger.models import Log


class Command(BaseCommand):
    help = "After a restore from backup: start a new epoch of all logs, or of one."

    def add_arguments(self, parser):
        parser.add_argument("--log", help="one log only, as kind:key (consultation:ktp-elektronik)")

    def handle(self, *args, **options):
        logs = Log.objects.order_by("pk")
        if options["log"]:
            kind, _colon, key = options["log"].partition(":")
            logs = logs.filter(kind=kind, key=key)
            if not logs:
                raise CommandError(f"There is no log {options['log']}.")
        for log in logs:
            entry = start_epoch(log, at=timezone.now())
            self.stdout.write(f"{log}: epoch {entry.epoch} from entry {entry.seq} on")
