"""Whatever the bytes are: a standard comes back or a refusal, and no word is lost on the way."""

import zipfile
import zlib
from io import BytesIO

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.kernel.text import clean_text
from consultations.richtext.rendering import render_words
from consultations.standards.reading import DocumentKind, ReadStandard, UnreadableFile
from consultations.standards.reading.contract import BODY_LIMIT, HEADING_LIMIT
from tests.standards.reading.layouts import read
from tests.standards.reading.packages import a_body, a_package
from tests.standards.reading.test_word import FIXTURE

MANY = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
WHOLE = FIXTURE.read_bytes()
with zipfile.ZipFile(BytesIO(WHOLE)) as archive:
    PARTS = {name: archive.read(name) for name in archive.namelist()}
XML_PARTS = [name for name in PARTS if name.endswith(".xml")]
PIECES = [
    "<w:p>",
    "</w:p>",
    "<w:tbl><w:tr><w:tc>",
    "</w:tc></w:tr></w:tbl>",
    "<w:r><w:t>",
    "</w:t></w:r>",
    '<w:gridSpan w:val="99999"/>',
    "<w:vMerge/>",
    '<w:ilvl w:val="-3"/>',
    '<w:numId w:val="x"/>',
    '<w:outlineLvl w:val="77"/>',
    "<w:ins>",
    "</w:ins>",
    "&#x202E;",
    "&#65533;",
    "Persyaratan",
]
LABELS = [
    "Persyaratan",
    "Biaya/Tarif :",
    "1. Prosedur",
    "A.",
    "Nomor: 1/2/2024",
    "JENIS PELAYANAN:",
]


def check(content: bytes, filename: str) -> None:
    """The contract, for any bytes whatsoever."""
    try:
        standards = read(content, filename)
    except UnreadableFile:
        return
    assert standards
    for standard in standards:
        check_standard(standard)


def check_standard(standard: ReadStandard) -> None:
    assert standard.kind_of_document in DocumentKind
    for number, clause in enumerate(standard.clauses):
        assert clean_text(clause.body, limit=BODY_LIMIT, field="body") == clause.body
        assert clean_text(clause.heading, limit=HEADING_LIMIT, field="heading") == clause.heading
        assert clause.body
        if clause.parent is not None:
            above = standard.clauses[clause.parent]
            assert clause.parent < number
            assert above.component_key == clause.component_key
            assert above.parent is None
        else:
            assert clause.component_key or clause.doubts
    for doubt in standard.all_doubts:
        assert doubt.message
        assert str(doubt.place) is not None


@MANY
@given(st.binary(max_size=2_000), st.sampled_from(["a.docx", "a.md", "a.txt", "a"]))
def test_any_bytes_are_read_or_refused(content, filename):
    check(content, filename)


@MANY
@given(st.binary(max_size=500))
def test_any_bytes_after_the_sign_of_a_zip_are_refused(content):
    check(b"PK\x03\x04" + content, "a.docx")


@MANY
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=12))
def test_a_document_with_other_bytes_is_read_or_refused(changes):
    content = bytearray(WHOLE)
    for at, value in changes:
        content[at] = value
    check(bytes(content), "a.docx")


@MANY
@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)))
def test_a_document_that_lacks_a_piece_is_read_or_refused(start, end):
    check(WHOLE[: min(start, end)] + WHOLE[max(start, end) :], "a.docx")


@MANY
@given(st.sampled_from(XML_PARTS), st.data())
def test_a_document_with_other_xml_is_read_or_refused(name, data):
    part = PARTS[name].decode()
    for _change in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(part)))
        end = min(len(part), at + data.draw(st.integers(0, 80)))
        part = part[:at] + data.draw(st.sampled_from([*PIECES, ""])) + part[end:]
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for other, content in PARTS.items():
            archive.writestr(other, part if other == name else content)
    check(file.getvalue(), "a.docx")


@MANY
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_a_body_of_pieces_is_read_or_refused(pieces):
    check(a_package(a_body("".join(pieces))), "a.docx")


@MANY
@given(
    st.lists(
        st.one_of(
            st.text(max_size=60),
            st.sampled_from(
                ["# ", "## ", "- ", "1. ", "| a | b |", "|---|---|", "> ", "```", *LABELS]
            ),
        ),
        max_size=30,
    )
)
def test_any_text_is_read_or_refused(rows):
    check("\n".join(rows).encode("utf-8", "ignore"), "a.md")


def test_a_broken_checksum_is_refused():
    at = WHOLE.rfind(b"word/document.xml") - 46 + 16
    wrong = (zlib.crc32(b"other")).to_bytes(4, "little")
    check(WHOLE[:at] + wrong + WHOLE[at + 4 :], "a.docx")


WORDS = st.from_regex(r"\A[a-z]{3,9}\d{3}\Z")
HEADINGS = st.sampled_from(
    ["Persyaratan", "Biaya/Tarif", "Produk Pelayanan", "Waktu Layanan", "Catatan Lain"]
)


@MANY
@given(
    st.lists(
        st.tuples(HEADINGS, st.lists(WORDS, max_size=4), st.booleans(), st.booleans()), max_size=8
    )
)
def test_no_word_of_a_document_is_lost(parts):
    rows = []
    for heading, words, is_list, is_table in parts:
        if is_table:
            rows += ["| No | Komponen | Uraian |", "|---|---|---|"]
            rows += [f"| 1 | {heading} | {'<br>'.join(words)} |", ""]
        else:
            rows += [f"## {heading}", "", *(f"{'- ' * is_list}{word}\n" for word in words), ""]
    try:
        standards = read("\n".join(["Pembuka.", "", *rows]).encode(), "a.md")
    except UnreadableFile:
        raise AssertionError("it has words")

    found = " ".join(
        f"{standard.service_name} {clause.heading} {render_words(clause.body).plain}"
        for standard in standards
        for clause in standard.clauses
    )

    for _heading, words, _is_list, _is_table in parts:
        assert all(word in found for word in words)
