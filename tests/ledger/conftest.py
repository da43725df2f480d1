import pytest

from consultations.ledger import actions as ledger
from consultations.ledger.enums import Side
from consultations.ledger.models import Log
from consultations.ledger.registries import contents, witnesses
from tests.ledger.logs import AT, add

TEXTS = {1: "Setuju.", 2: "Tiga hari terlalu lama.", 3: "Loket tutup jam 12.", 4: "Baik."}


@pytest.fixture
def texts(monkeypatch):
    """The rows that the digests are of: {seq: text}, and who claims to have been published."""
    rows = dict(TEXTS)

    def current(log, entries):
        return {entry.seq: {"body": rows[entry.seq]} for entry in entries if entry.seq in rows}

    monkeypatch.setattr(contents, "_entries", {"comment.posted": current})
    monkeypatch.setattr(witnesses, "_entries", {})
    return rows


@pytest.fixture
def log(db, texts) -> Log:
    """Four comments, a hiding and its staff log, a checkpoint after the third."""
    log = ledger.open_log(kind="test", key="ktp", at=AT)
    staff = ledger.open_log(kind="test", key="ktp", side=Side.STAFF, twin=log, at=AT)
    for number, text in TEXTS.items():
        add(log, f"comment:{number}", contents={"body": text}, data={"number": number})
    add(log, "comment:2", type="comment.hidden", data={"number": 2})
    add(staff, "comment:2", type="hiding.decided")
    return log
