"""Hostile, broken and foreign files end in a refusal that says what to do, quickly and small."""

import time
import tracemalloc
import zipfile
from io import BytesIO

import pytest

from consultations.standards.reading import UnreadableFile
from consultations.standards.reading.archives import MOST_BYTES, MOST_ENTRIES
from consultations.standards.reading.xmltrees import DEEPEST
from tests.standards.reading.layouts import read
from tests.standards.reading.packages import (
    MACRO_TYPE,
    a_body,
    a_package,
    a_paragraph,
    relations,
)

ENTITIES = (
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
OUTSIDE_DTD = '<!DOCTYPE a SYSTEM "http://evil.example/a.dtd">'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def a_zip(**parts: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return file.getvalue()


def an_encrypted_package() -> bytes:
    """The flags say that its parts are encrypted; Word itself keeps such files as OLE."""
    content = bytearray(a_package())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at != -1:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)
    return bytes(content)


def a_package_that_lies(size: int) -> bytes:
    """Its parts say that they are `size` bytes long."""
    content = bytearray(a_package(a_body(a_paragraph("a" * 5_000_000))))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.find(signature)
        while at != -1:
            content[at + offset : at + offset + 4] = size.to_bytes(4, "little")
            at = content.find(signature, at + 4)
    return bytes(content)


def two_parts_of_one_name() -> bytes:
    file = BytesIO(a_package())
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/document.xml", a_body(a_paragraph("Lain")))
    return file.getvalue()


NOT_DOCX = {
    "nothing": (b"", "a.docx", "empty_file"),
    "zeros": (bytes(1000), "a.docx", "empty_file"),
    "white space": (b" \n\t", "a.md", "empty_file"),
    "PDF": (b"%PDF-1.7\n...", "a.docx", "wrong_kind"),
    "renamed program": (b"MZ\x90\x00" + bytes(500), "a.docx", "wrong_kind"),
    "picture": (b"\x89PNG\r\n\x1a\n", "a.docx", "wrong_kind"),
    "RTF": (b"{\\rtf1 Persyaratan}", "a.docx", "wrong_kind"),
    "old DOC": (OLE, "a.doc", "wrong_kind"),
    "password in OLE": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "locked"),
    "encrypted zip": (an_encrypted_package(), "a.docx", "locked"),
    "text as DOCX": (b"# Standar Pelayanan", "a.docx", "damaged"),
    "unknown ending": (b"# Standar Pelayanan", "a.html", "wrong_kind"),
    "no ending": (b"# Standar Pelayanan", "standar", "wrong_kind"),
    "other encoding": ("Persyaratan: café".encode("latin-1"), "a.txt", "encoding"),
    "zeros in text": (b"Persyaratan\x00", "a.txt", "encoding"),
    "any zip": (a_zip(a=b"b"), "a.docx", "wrong_kind"),
    "sheet": (a_zip(**{"[Content_Types].xml": b"", "xl__workbook.xml": b""}), "a", "wrong_kind"),
    "OpenDocument": (a_zip(mimetype=b"application/vnd.oasis"), "a.odt", "wrong_kind"),
    "empty zip": (a_zip(), "a.docx", "wrong_kind"),
    "no text": (a_package(a_body("<w:p/>")), "a.docx", "no_text"),
    "only a rule": (b"---\n", "a.md", "no_text"),
    "large": (b"PK\x03\x04" + bytes(MOST_BYTES), "a.docx", "too_large"),
    "50 MB of text": (b"a" * 50 * 2**20, "a.md", "too_large"),
    "much Markdown": (b"a\n\n" * 2**21, "a.md", "too_much"),
}
HOSTILE = {
    "macros": (a_package(main_type=MACRO_TYPE), "macros"),
    "hidden macros": (a_package(more={"word/vbaProject.bin": b"x"}), "macros"),
    "entities": (a_package(a_body("&c;", prolog=ENTITIES)), "damaged"),
    "entity from outside": (a_package(a_body("&a;", prolog=OUTSIDE)), "damaged"),
    "DTD from outside": (a_package(a_body("", prolog=OUTSIDE_DTD)), "damaged"),
    "DTD in UTF-16": (
        a_package(
            a_body("").replace("UTF-8", "UTF-16").replace("?>", "?>" + OUTSIDE).encode("utf-16")
        ),
        "damaged",
    ),
    "DTD in the relations": (
        a_package(more={"_rels/.rels": OUTSIDE + relations()}),
        "damaged",
    ),
    "encoding that expat does not know": (
        a_package(a_body().replace("UTF-8", "x-nothing")),
        "damaged",
    ),
    "no XML": (a_package("Persyaratan"), "damaged"),
    "no body": (a_package("<a/>"), "damaged"),
    "no document": (a_package(more={"word/document.xml": None}), "damaged"),
    "cut short": (a_package()[:-40], "damaged"),
    "cut in the middle": (a_package(a_body(a_paragraph() * 500))[:300], "damaged"),
    "way out": (a_package(more={"../../etc/passwd": "x"}), "damaged"),
    "way to the root": (a_package(more={"/etc/passwd": "x"}), "damaged"),
    "way of Windows": (a_package(more={"word\\..\\..\\a": "x"}), "damaged"),
    "two of one name": (two_parts_of_one_name(), "damaged"),
    "other compression": (a_package(compression=zipfile.ZIP_LZMA), "damaged"),
    "bomb": (a_package(a_body("<w:p/>" * 9_000_000)), "too_much"),
    "bomb beside the document": (
        a_package(more={"word/media/a.xml": bytes(70 * 2**20)}),
        "too_much",
    ),
    "flat bomb": (a_package(a_body("<!--" + "a" * 2**24 + "-->")), "too_much"),
    "more than it says": (a_package_that_lies(1000), "damaged"),
    "many entries": (
        a_package(more={f"word/{number}": "" for number in range(MOST_ENTRIES)}),
        "too_much",
    ),
    "deep": (a_package(a_body("<w:sdt>" * DEEPEST + "</w:sdt>" * DEEPEST)), "too_much"),
    "deep tables": (
        a_package(
            a_body("<w:tbl><w:tr><w:tc>" * 2000 + a_paragraph() + "</w:tc></w:tr></w:tbl>" * 2000)
        ),
        "too_much",
    ),
    "a tag of attributes": (
        a_package(
            a_body("<w:p " + " ".join(f'a{n}="{n * 7919 % 10**9}"' for n in range(400_000)) + "/>"),
            compression=zipfile.ZIP_STORED,
        ),
        "too_much",
    ),
    "a text as long as a book shelf": (
        a_package(a_body(a_paragraph("kata " * 900_000)), compression=zipfile.ZIP_STORED),
        "too_much",
    ),
}


@pytest.mark.parametrize("case", NOT_DOCX)
def test_what_is_no_document_is_refused_by_what_it_is(case):
    content, filename, code = NOT_DOCX[case]

    with pytest.raises(UnreadableFile) as refused:
        read(content, filename)

    assert refused.value.code == code
    assert list(refused.value.errors) == ["file"]


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_documents_are_refused(case):
    content, code = HOSTILE[case]

    with pytest.raises(UnreadableFile) as refused:
        read(content)

    assert refused.value.code == code
    assert len(refused.value.message.split()) > 5  # what is wrong, and the remedy


@pytest.mark.parametrize(
    "case", ["bomb", "deep tables", "a tag of attributes", "a text as long as a book shelf"]
)
def test_a_refusal_takes_bounded_memory(case):
    content, _code = HOSTILE[case]
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFile):
            read(content)
        assert tracemalloc.get_traced_memory()[1] < 300 * 2**20
    finally:
        tracemalloc.stop()


def test_external_parts_are_never_followed():
    content = a_package(
        a_body(a_paragraph()),
        more={
            "word/_rels/document.xml.rels": relations(
                ("styles", "http://evil.example/styles.xml", "External"),
                ("attachedTemplate", "http://evil.example/a.dotm", "External"),
                ("numbering", "../../../etc/passwd", "Internal"),
                ("footnotes", "nothing.xml", "Internal"),
            )
        },
    )

    (found,) = read(content)

    assert [clause.body for clause in found.clauses] == []
    assert "empty" in [doubt.code for doubt in found.doubts]


def test_a_huge_paragraph_is_cut_into_clauses():
    content = a_package(a_body(a_paragraph() + a_paragraph("kata " * 50_000)))

    (found,) = read(content)

    bodies = [clause.body for clause in found.clauses]
    assert all(len(body) <= 20_000 for body in bodies)
    assert " ".join(bodies).split() == ["kata"] * 50_000
    assert [str(doubt.code) for doubt in found.clauses[0].doubts] == ["long_text"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "`" * 200_000,
        "# a" + " " * 200_000 + "b",
        "- " * 100_000,
        "> " * 100_000,
        "|" * 200_000 + "\n|-|",
        "*a" * 100_000,
        "![](" * 50_000,
        "1. " * 60_000,
        "\n".join(" " * n + "- a" for n in range(600)),
        "(" * 200_000,
        "a\n" * 25_000,
    ],
    ids=lambda text: text[:6],
)
def test_markdown_is_read_in_time_that_grows_with_its_length(text):
    began = time.process_time()

    read(f"# Standar Pelayanan A\n\n## Persyaratan\n\n{text}\n".encode(), "a.md")

    assert time.process_time() - began < 3
