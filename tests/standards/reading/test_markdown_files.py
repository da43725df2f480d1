import pytest

from consultations.standards.reading.blocks import Line, Table
from consultations.standards.reading.markdown_files import read_markdown
from tests.standards.reading.layouts import codes_of, read, words_of

HEAD = "# Standar Pelayanan Legalisasi\n\n## Biaya\n\nGratis\n\n## Produk\n\nFotokopi\n\n"


def blocks_of(text: str):
    return read_markdown(text.encode())


def requirements_of(text: str) -> list[str]:
    (found,) = read(f"{HEAD}## Persyaratan\n\n{text}\n".encode(), "a.md")
    return words_of(found)["requirements"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# Satu\n## Dua ##", [("Satu", 1), ("Dua", 2)]),
        ("Satu\n====\nDua\n---\ntiga", [("Satu", 1), ("Dua", 2), ("tiga", 0)]),
        ("satu\ndua\n\ntiga", [("satu dua", 0), ("tiga", 0)]),
        ("> satu\n> > dua", [("satu", 0), ("dua", 0)]),
        ("```\nsatu\n```\ndua", [("satu", 0), ("dua", 0)]),
        ("satu\n\n***\n\ndua", [("satu", 0), ("dua", 0)]),
        ("a|b\nc", [("a|b c", 0)]),
    ],
)
def test_headings_and_paragraphs(text, lines):
    assert [(line.text, line.level) for line in blocks_of(text)] == lines


def test_lists_keep_their_levels():
    marks = [
        (line.text, line.mark.level, line.mark.is_ordered)
        for line in blocks_of("1. a\n   - b\n     1) c\n2. d\n- e")
    ]

    assert marks == [
        ("a", 0, True),
        ("b", 1, False),
        ("c", 2, True),
        ("d", 0, True),
        ("e", 0, False),
    ]


def test_tables_have_rows_and_cells():
    (table,) = blocks_of("| a | b \\| c |\n|:--|--:|\n| d<br>e | |\n")

    assert isinstance(table, Table)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["a", "b | c"],
        ["d e", ""],
    ]


def test_lines_know_where_they_stand():
    assert [str(line.place) for line in blocks_of("a\nb\n\nc") if isinstance(line, Line)] == [
        "line 1",
        "line 4",
    ]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Paling **lama** [3 hari](https://x.id/)", "Paling **lama** [3 hari](https://x.id/)"),
        ("kode `F-1.02` saja", "kode F-1.02 saja"),
        ("<https://x.id/a>", "https://x.id/a"),
        ("satu  \ndua", "satu\\\ndua"),
        ("satu\\\ndua", "satu\\\ndua"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("\\- bukan butir", "\\- bukan butir"),
    ],
)
def test_words_stay_the_markdown_that_they_are(text, body):
    assert requirements_of(text) == [body]


def test_pictures_are_doubted():
    (found,) = read(f"{HEAD}## Persyaratan\n\n![alur](a.png)\n".encode(), "a.md")

    assert words_of(found)["requirements"] == ["alur"]
    assert "picture" in codes_of(found)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_say_what_they_are(encoding):
    (found,) = read(f"{HEAD}## Persyaratan\n\nKafé\n".encode(encoding), "a.txt")

    assert words_of(found)["requirements"] == ["Kafé"]


def test_characters_that_lie_are_left_out():
    (found,) = read(f"{HEAD}## Persyaratan\n\nK\u202eTP\x07\n".encode(), "a.md")

    assert words_of(found)["requirements"] == ["KTP"]
    assert "hidden_characters" in codes_of(found)
