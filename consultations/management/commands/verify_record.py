"""Verifies the record: that no entry was changed, removed or reordered."""

import json
import sys
from collections import Counter
from itertools import chain, islice
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from consultations.ledger.canonical import name_of
from consultations.ledger.models import Log
from consultations.ledger.verifying import Finding, newest_entry, verify

_MOST_FINDINGS = 100  # of one log: enough to see what happened
_NEEDED = {"log": str, "epoch": int, "seq": int, "hash": str, "signature": str}


class Command(BaseCommand):
    help = (
        "Verify the record. Exit status 0: nothing is wrong; 1: something is, and each entry is "
        "named; 2: it could not be checked."
    )

    def add_arguments(self, parser):
        parser.add_argument("--log", help="one log only, as kind:key (consultation:ktp-elektronik)")
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            metavar="FILE",
            help="signed heads kept outside: a receipt's, or all of /checkpoints.json",
        )
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, *args, **options):
        heads = list(chain.from_iterable(_read_heads(path) for path in options["head"]))
        logs = _logs(options["log"])
        findings = [
            finding for log in logs for finding in islice(verify(log, heads=heads), _MOST_FINDINGS)
        ]
        findings += _logs_gone(logs, heads, options["log"])
        checked = [{"log": name_of(log), "entries": newest_entry(log)} for log in logs]
        if options["json"]:
            told = [vars(finding) for finding in findings]
            self.stdout.write(json.dumps({"logs": checked, "findings": told}, indent=1))
        else:
            self._tell(checked, findings)
        if findings:
            sys.exit(1)

    def _tell(self, checked: list[dict], findings: list[Finding]) -> None:
        for finding in findings:
            self.stdout.write(str(finding))
        for name, count in Counter(finding.log for finding in findings).items():
            if count == _MOST_FINDINGS:
                self.stdout.write(f"{name}: and perhaps more")
        entries = sum(log["entries"] for log in checked)
        result = f"{len(findings)} findings" if findings else "nothing is wrong"
        self.stdout.write(f"Verified {len(checked)} logs with {entries} entries: {result}.")


def _logs(wanted: str | None) -> list[Log]:
    logs = Log.objects.order_by("pk")
    if wanted:
        kind, _colon, key = wanted.partition(":")
        logs = logs.filter(kind=kind, key=key)
        if not logs:
            raise CommandError(f"There is no log {wanted}.", returncode=2)
    return list(logs)


def _logs_gone(logs: list[Log], heads: list[dict[str, Any]], wanted: str | None) -> list[Finding]:
    """Heads kept outside of logs that are not there."""
    known = {name_of(log) for log in logs}
    gone = {head["log"]: head["seq"] for head in heads if head["log"] not in known}
    message = "a head of this log was kept outside, and the log is not here"
    return [Finding(name, seq, "log", message) for name, seq in gone.items() if not wanted]


def _read_heads(path: str) -> list[dict[str, Any]]:
    """One signed head, or several as in checkpoints.json."""
    try:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
        heads = document.get("heads", [document])
        if not all(
            isinstance(head.get(name), of) for head in heads for name, of in _NEEDED.items()
        ):
            raise ValueError("this is no signed head")
    except (OSError, ValueError, AttributeError, TypeError) as failure:
        raise CommandError(f"{path}: {failure}", returncode=2) from failure
    return heads
