"""The command that verifies the record: what it says to people and to programs."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from consultations.ledger import actions as ledger
from consultations.ledger import canonical, signing
from consultations.ledger.enums import Side
from consultations.ledger.heads import sign_head
from consultations.ledger.models import Checkpoint, Log
from tests.ledger.logs import AT, change_body, cut_two, row


def run(*arguments) -> tuple[int, str]:
    output = StringIO()
    try:
        call_command("verify_record", *arguments, stdout=output)
    except SystemExit as ended:
        return ended.code, output.getvalue()
    return 0, output.getvalue()


def test_the_command_says_that_nothing_is_wrong(log):
    assert run() == (0, "Verified 2 logs with 6 entries: nothing is wrong.\n")


def test_the_command_names_the_entry_and_ends_with_1(log):
    change_body(log)

    status, output = run("--log", "test:ktp")

    assert status == 1
    assert "test:ktp:public entry 3: its body was changed after it was written" in output


def test_the_command_answers_programs(log):
    row(log, 5).delete()

    status, output = run("--json")

    assert status == 1
    assert json.loads(output)["findings"] == [
        {
            "log": "test:ktp:public",
            "seq": 5,
            "kind": "cut",
            "message": "is missing (known from the head of the log)",
        }
    ]


def test_the_command_takes_heads_kept_outside(log, tmp_path, client):
    ledger.checkpoint(log, at=AT)
    kept = tmp_path / "checkpoints.json"
    kept.write_bytes(client.get("/checkpoints.json").content)
    Checkpoint.objects.all().delete()
    cut_two(log)

    assert run() == (0, "Verified 2 logs with 3 entries: nothing is wrong.\n")
    status, output = run("--head", str(kept))
    assert status == 1
    assert "entry 4: is missing, and all others up to entry 5" in output


def test_the_command_finds_that_a_whole_log_is_gone(log, tmp_path):
    kept = tmp_path / "head.json"
    kept.write_text(json.dumps(sign_head(log) | {"log": "test:gone:public"}))

    status, output = run("--head", str(kept))

    assert status == 1
    assert "test:gone:public entry 5: a head of this log was kept outside" in output


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"log": 1}', '{"heads": [1]}'])
def test_a_file_that_holds_no_head_cannot_be_checked(log, tmp_path, text):
    file = tmp_path / "head.json"
    file.write_text(text)

    with pytest.raises(CommandError) as refused:
        run("--head", str(file))

    assert refused.value.returncode == 2


def test_an_unknown_log_cannot_be_checked(log):
    with pytest.raises(CommandError) as refused:
        run("--log", "test:none")

    assert refused.value.returncode == 2


def test_a_staff_logs_checkpoints_are_not_published(log, client):
    ledger.checkpoint(log, at=AT)
    ledger.checkpoint(Log.objects.get(side=Side.STAFF), at=AT)

    answer = client.get("/checkpoints.json").json()

    assert [head["log"] for head in answer["heads"]] == ["test:ktp:public"]
    head = answer["heads"][0]
    statement = canonical.head_statement(head["log"], epoch=1, seq=5, hash=head["hash"])
    assert signing.is_signed(statement, head["signature"], by=answer["public_key"])
