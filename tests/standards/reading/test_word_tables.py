"""Tables of Word: the ministry's and others, merged, nested, unknown."""

from docx import Document

from tests.standards.reading.layouts import (
    a_document,
    codes_of,
    read,
    requirements_of,
    saved,
    words_of,
)


def rows_into(table, *rows: tuple[str, ...]):
    for texts in rows:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    return table


def test_a_table_below_a_heading_becomes_a_list_with_a_doubt():
    document = a_document("Lampiran menurut jenis:")
    rows_into(
        document.add_table(rows=0, cols=3),
        ("No", "Golongan", "Dokumen"),
        ("1", "A", "KTP"),
        ("2", "C", "KTP dan surat sehat"),
    )

    (standard,) = read(saved(document))

    assert words_of(standard)["requirements"] == [
        "Lampiran menurut jenis:",
        "Golongan: A; Dokumen: KTP",
        "Golongan: C; Dokumen: KTP dan surat sehat",
    ]
    assert [clause.parent for clause in standard.clauses[-3:]] == [None, 2, 2]
    assert codes_of(standard).count("table") == 1


def test_merged_and_empty_name_cells_go_on_with_the_component():
    document = Document()
    document.add_paragraph("JENIS PELAYANAN : Kartu Keluarga")
    table = rows_into(
        document.add_table(rows=0, cols=3),
        ("No", "Komponen", "Uraian"),
        ("1", "Persyaratan", "KTP"),
        ("", "", "KK"),
        ("", "", "Akta"),
        ("2", "Biaya/Tarif", "Gratis"),
        ("3", "Produk Pelayanan", "KK"),
    )
    table.cell(2, 1).merge(table.cell(3, 1))

    (standard,) = read(saved(document))

    assert words_of(standard) == {
        "requirements": ["KTP", "KK", "Akta"],
        "fee": ["Gratis"],
        "output": ["KK"],
    }


def test_rows_over_the_whole_width_are_groups_or_stay_outside():
    document = Document()
    document.add_paragraph("JENIS PELAYANAN : Kartu Keluarga")
    table = rows_into(
        document.add_table(rows=0, cols=3),
        ("No", "Komponen", "Uraian"),
        ("Service Delivery", "", ""),
        ("1", "Persyaratan", "KTP"),
        ("Catatan penting", "", ""),
        ("2", "Biaya/Tarif", "Gratis"),
        ("3", "Produk Pelayanan", "KK"),
    )
    for number in (1, 3):
        table.cell(number, 0).merge(table.cell(number, 2))

    (standard,) = read(saved(document))

    assert words_of(standard) == {"requirements": ["KTP"], "fee": ["Gratis"], "output": ["KK"]}
    outside = [clause for clause in standard.clauses if clause.component_key is None]
    assert [clause.body for clause in outside] == ["Catatan penting"]


def test_an_unknown_row_becomes_a_clause_under_no_component():
    document = Document()
    document.add_paragraph("JENIS PELAYANAN : Kartu Keluarga")
    rows_into(
        document.add_table(rows=0, cols=3),
        ("No", "Komponen", "Uraian"),
        ("1", "Persyaratan", "KTP"),
        ("2", "Waktu Layanan Loket", "Senin–Kamis"),
        ("3", "Biaya/Tarif", "Gratis"),
        ("4", "Produk Pelayanan", ""),
    )

    (standard,) = read(saved(document))

    unknown = standard.clauses[1]
    assert (unknown.component_key, unknown.heading) == (None, "Waktu Layanan Loket")
    assert unknown.body == "Senin–Kamis"
    assert [str(doubt.code) for doubt in unknown.doubts] == ["unknown_component"]
    assert [(str(d.code), str(d.place)) for d in standard.doubts if d.code == "empty"] == [
        ("empty", "table 1, row 5")
    ]


def test_a_component_that_stands_twice_is_doubted():
    document = a_document("KTP")
    document.add_heading("Biaya/Tarif", 2)
    document.add_paragraph("Rp10.000")

    (standard,) = read(saved(document))

    assert words_of(standard)["fee"] == ["Gratis.", "Rp10.000"]
    assert codes_of(standard).count("twice") == 1


def test_the_field_in_the_table_names_the_service():
    document = Document()
    document.add_paragraph("STANDAR PELAYANAN")
    rows_into(
        document.add_table(rows=0, cols=3),
        ("No", "Komponen", "Uraian"),
        ("1", "Jenis Pelayanan", "Kartu Keluarga"),
        ("2", "Persyaratan", "KTP"),
        ("3", "Biaya/Tarif", "Gratis"),
        ("4", "Produk Pelayanan", "KK"),
    )

    (standard,) = read(saved(document))

    assert standard.service_name == "Kartu Keluarga"


def test_nested_tables_and_deep_lists_lose_no_word():
    document = a_document("Daftar:")
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    for depth in range(8):
        cell.paragraphs[0].text = f"tingkat {depth}"
        cell = cell.add_table(rows=1, cols=1).cell(0, 0)

    text = " ".join(requirements_of(document))

    assert all(f"tingkat {depth}" in text for depth in range(8))
