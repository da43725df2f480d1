import hashlib
import json
import re

import pytest
from asgiref.sync import async_to_sync
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from consultations.ledger import signing
from consultations.moderation.actions import hide
from consultations.outcomes.actions import record_outcome
from consultations.pages.record_words import in_words
from consultations.threads.enums import ConductRule
from tests import build


async def _read(stream) -> bytes:
    return b"".join([piece async for piece in stream])


def lines_of(response) -> list[dict]:
    text = async_to_sync(_read)(response.streaming_content).decode()
    return [json.loads(line) for line in text.splitlines()]


def lived(consultation, moderator, officer):
    """A consultation in which one of everything has happened."""
    first = build.a_comment(consultation, body="Hitung sejak tanda terima.")
    second = build.a_comment(consultation, body="Rahasia 3374010101010001.")
    build.a_comment(consultation, parent=first.number, body="Setuju.")
    hide(
        actor=moderator,
        comment=second,
        rule=ConductRule.PERSONAL_DATA,
        note="Ada nomor induk.",
        at=build.TODAY,
    )
    record_outcome(
        actor=officer,
        consultation=consultation,
        comments=[first],
        disposition="accepted",
        reason="Kami ubah.",
        at=build.TODAY,
    )


def test_a_stranger_can_recompute_the_chain(
    client, consultation, url, moderator, answering_officer
):
    lived(consultation, moderator, answering_officer)

    lines = lines_of(client.get(f"{url}record.jsonl"))

    # What the page says, and nothing of our own code.
    name = f"consultation:{consultation.slug}:public"
    previous = hashlib.sha256(f"rembuk-genesis-1\n{name}\n1".encode()).hexdigest()
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(lines[0]["public_key"]))
    for number, line in enumerate(lines, 1):
        body = json.loads(line["body"])
        assert (line["seq"], body["seq"], line["prev"]) == (number, number, previous)
        statement = f"rembuk-entry-1\n{previous}\n{line['body']}"
        previous = hashlib.sha256(statement.encode()).hexdigest()
        assert line["hash"] == previous
        head = f"rembuk-head-1\n{name}\n{line['epoch']}\n{number}\n{previous}"
        key.verify(bytes.fromhex(line["signature"]), head.encode())
    consultation.log.refresh_from_db()
    assert previous == consultation.log.head_hash


def test_the_record_holds_digests_and_no_text(
    client, consultation, url, moderator, answering_officer
):
    lived(consultation, moderator, answering_officer)

    text = json.dumps(lines_of(client.get(f"{url}record.jsonl")))
    page = client.get(f"{url}record/").content.decode()

    for secret in ("3374010101010001", "Hitung sejak tanda terima", "Kami ubah", "Ada nomor induk"):
        assert secret not in text
        assert secret not in page


@pytest.mark.parametrize("path", ["record.jsonl", "record/record.jsonl"])
def test_only_what_came_after_is_sent_to_who_has_the_rest(client, consultation, url, path):
    build.a_comment(consultation)
    whole = lines_of(client.get(url + path))

    rest = lines_of(client.get(f"{url}{path}?after={whole[0]['seq']}"))

    assert rest == whole[1:]


def test_an_unchanged_record_is_not_sent_twice(client, consultation, url):
    first = client.get(f"{url}record.jsonl")
    etag = first["ETag"]
    assert lines_of(first)

    again = client.get(f"{url}record.jsonl", headers={"if-none-match": etag})
    build.a_comment(consultation)
    changed = client.get(f"{url}record.jsonl", headers={"if-none-match": etag})

    assert again.status_code == 304
    assert len(lines_of(changed)) > 1
    assert not changed.cookies


def test_the_page_tells_in_words_what_happened(
    client, consultation, url, moderator, answering_officer
):
    lived(consultation, moderator, answering_officer)

    page = client.get(f"/en{url}record/").content.decode()

    sentences = [
        "The consultation was opened.",
        "M-0001 was published, on clause 2.1.",
        "M-0003 was published, a reply to M-0001.",
        "M-0002 was hidden: it contains personal data of somebody else.",
        "H-1 answered 1 comment: Accepted.",
    ]
    for sentence in sentences:
        assert sentence in page
    assert "participant 1" in page
    assert f'href="/en{url}comments/1/"' in page


def test_each_entry_shows_what_it_is_checked_with(client, consultation, url):
    build.a_comment(consultation)
    lines = lines_of(client.get(f"{url}record.jsonl"))

    page = client.get(f"{url}record/").content.decode()

    for line in lines:
        for part in ("prev", "hash", "signature"):
            assert line[part] in page
    assert lines[-1]["public_key"] in page
    assert f'href="{url}record.jsonl"' in page


def test_the_record_is_paged_newest_first(client, consultation, url):
    for _ in range(60):
        build.a_comment(consultation)

    first = client.get(f"{url}record/").content.decode()
    more = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = client.get(f"{url}record/{more}").content.decode()

    seqs = [int(seq) for seq in re.findall(r'<li id="e-(\d+)"', first + second)]
    consultation.log.refresh_from_db()
    assert seqs == list(range(consultation.log.head_seq, 0, -1))


def test_a_type_without_words_is_named_as_it_is():
    assert in_words("ktp", "somebody.laughed", {}).text == "somebody.laughed"


def test_the_page_and_the_lines_name_a_former_key(client, consultation, url, settings):
    former = signing.public_key()
    settings.LEDGER_KEY = b"n" * 32
    settings.LEDGER_FORMER_KEYS = [(former, build.TODAY)]

    page = client.get(f"{url}record/").content.decode()
    lines = lines_of(client.get(f"{url}record.jsonl"))

    assert former in page
    assert signing.public_key() in page
    assert {line["public_key"] for line in lines} == {former}
