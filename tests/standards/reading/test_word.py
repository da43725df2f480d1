"""What Word keeps beside the words: tracked changes, notes, boxes, numbers, merged cells."""

import time
from datetime import date
from pathlib import Path

from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls

from consultations.standards.reading import DocumentKind, ReadDecree
from tests.standards.reading.layouts import (
    a_document,
    codes_of,
    read,
    requirements_of,
    saved,
    words_of,
)

FIXTURE = Path(__file__).parents[2] / "fixtures" / "kartu-keluarga.docx"
W = nsdecls("w")


# --- a file that Word wrote ---------------------------------------------------------------------


def test_a_document_of_words_gives_all_fourteen_components():
    (standard,) = read(FIXTURE.read_bytes(), FIXTURE.name)

    assert standard.service_name == "PENERBITAN KARTU KELUARGA"
    assert standard.title == "STANDAR PELAYANAN PENERBITAN KARTU KELUARGA"
    assert standard.annex_number == "II"
    assert standard.kind_of_document is DocumentKind.STANDARD
    assert standard.doubts == ()
    assert standard.decree == ReadDecree(
        number="188/31/438.5.12/2026",
        dated_on=date(2026, 10, 20),
        title="",
        issuer="KEPUTUSAN KEPALA DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL KABUPATEN TIRTASARI",
    )
    assert words_of(standard) == {
        "requirements": [
            "Pemohon membawa:",
            "Formulir F-1.02 yang diisi lengkap;",
            "Fotokopi kutipan akta nikah atau kutipan akta perceraian, atau:\n\n"
            "1. SPTJM perkawinan belum tercatat;\n2. surat keterangan pindah datang;",
            "Bagi orang asing: dokumen perjalanan dan KITAP.",
        ],
        "procedure": [
            "Pemohon mengambil nomor antrean;",
            "Petugas memeriksa berkas paling lama 10 menit;",
            "Kepala Dinas menandatangani secara elektronik.",
        ],
        "processing-time": [
            "Paling lama 3 (tiga) hari kerja sejak berkas diterima lengkap "
            "[Tidak termasuk hari libur nasional]."
        ],
        "fee": ["Tidak dipungut biaya."],
        "output": ["Kartu Keluarga (dokumen elektronik atau cetak)."],
        "complaints": [
            "Kotak saran di loket pengaduan;",
            "[SP4N-LAPOR!](https://www.lapor.go.id/) atau pesan ke 0811-0000-117.",
        ],
        "legal-basis": [
            "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
            "Peraturan Menteri Dalam Negeri Nomor 108 Tahun 2019.",
        ],
        "facilities": [
            "Ruang tunggu dengan kursi prioritas.",
            "Komputer, pencetak, dan alat rekam biometrik.",
        ],
        "staff-competence": ["Pendidikan paling rendah SMA/sederajat; menguasai aplikasi SIAK."],
        "internal-supervision": ["Dilakukan oleh atasan langsung secara berjenjang."],
        "number-of-staff": [
            "Jabatan: Petugas loket; Jumlah: 3 orang",
            "Jabatan: Operator SIAK; Jumlah: 2 orang",
        ],
        "service-guarantee": ["Diselenggarakan sesuai maklumat pelayanan."],
        "safety-guarantee": [
            "Data pribadi dilindungi; dokumen memakai tanda tangan elektronik tersertifikasi."
        ],
        "performance-evaluation": ["Paling sedikit satu kali dalam setahun."],
    }


def test_a_document_of_words_names_each_doubtful_spot():
    (standard,) = read(FIXTURE.read_bytes(), FIXTURE.name)

    found = [
        (clause.component_key, str(doubt.code), str(doubt.place), dict(doubt.values))
        for clause in standard.clauses
        for doubt in clause.doubts
    ]

    assert found == [
        ("procedure", "tracked_addition", "table 1, row 3", {"added": "paling lama 10 menit"}),
        (None, "text_box", "table 1, row 3", {}),
        (
            "processing-time",
            "footnote",
            "table 1, row 4",
            {"text": "Tidak termasuk hari libur nasional"},
        ),
        (
            "processing-time",
            "tracked_change",
            "table 1, row 4",
            {"added": "3 (tiga)", "deleted": "5 (lima)"},
        ),
        (
            "output",
            "tracked_deletion",
            "table 1, row 7",
            {"deleted": "Kontak lama Telepon 0300-000-117"},
        ),
        ("output", "tracked_deletion", "table 1, row 6", {"deleted": "¶"}),
        ("number-of-staff", "table", "table 2, row 7", {}),
        (None, "outside", "paragraph 10", {}),
    ]
    outside = [clause.body for clause in standard.clauses if clause.component_key is None]
    assert outside == [
        "Pemohon datang ke loket\n\nPetugas memeriksa berkas",
        "KEPALA DINAS,\n\nDra. Ratna Wulandari, M.A.P.",
    ]


def test_items_after_an_introduction_stand_below_it():
    (standard,) = read(FIXTURE.read_bytes(), FIXTURE.name)

    assert [clause.parent for clause in standard.clauses[:5]] == [None, 0, 0, 0, None]


def test_the_same_words_have_the_same_digest_whatever_the_file():
    (first,) = read(FIXTURE.read_bytes(), "a.docx")
    (again,) = read(FIXTURE.read_bytes(), "b.docx")
    (other,) = read(saved(a_document("KTP.")))

    assert first.digest == again.digest != other.digest


# --- single things ------------------------------------------------------------------------------


def test_emphasis_and_signs_of_markdown_come_back_as_they_stood():
    document = a_document()
    line = document.add_paragraph("Paling banyak ")
    line.add_run("10 lembar").bold = True
    line.add_run(" *) lihat [catatan](1), F_1_02 & KK")

    assert requirements_of(document) == [
        "Paling banyak **10 lembar** \\*) lihat [catatan\\](1), F_1_02 & KK"
    ]


def test_lists_typed_by_hand_have_levels():
    document = a_document(
        "1. WNI:", "a) KTP;", "b) KK.", "2. Orang asing:", "- paspor", "- KITAP", "H. Ahmad"
    )

    assert requirements_of(document) == [
        "WNI:\n\n1. KTP;\n2. KK.",
        "Orang asing:\n\n- paspor\n- KITAP",
        "H. Ahmad",
    ]


def test_line_breaks_stay_in_a_paragraph_and_part_a_list():
    document = a_document()
    document.add_paragraph("Senin–Kamis 08.00–15.00\nJumat 08.00–13.00")
    document.add_paragraph("1. KTP\n2. KK")

    assert requirements_of(document) == [
        "Senin–Kamis 08.00–15.00\\\nJumat 08.00–13.00",
        "KTP",
        "KK",
    ]


def test_a_page_break_is_no_word():
    document = a_document()
    document.add_paragraph("KTP").add_run().add_break(WD_BREAK.PAGE)

    assert requirements_of(document) == ["KTP"]


def test_a_heading_below_a_component_keeps_its_part_together():
    document = a_document()
    document.add_heading("Hilang", 3)
    document.add_paragraph("Surat kehilangan")
    document.add_paragraph("KK", style="List Bullet")
    document.add_paragraph("KTP", style="List Bullet")

    (standard,) = read(saved(document))

    clause = standard.clauses[-1]
    assert (clause.component_key, clause.heading) == ("requirements", "Hilang")
    assert clause.body == "Surat kehilangan\n\n- KK\n- KTP"
    assert str(clause.place) == "heading 1.3.1"


def test_hidden_and_crossed_out_words():
    document = a_document()
    line = document.add_paragraph("KTP")
    line.add_run(" rahasia").font.hidden = True
    line.add_run(" lama").font.strike = True

    (standard,) = read(saved(document))

    assert words_of(standard)["requirements"] == ["KTP lama"]
    assert [(str(d.code), dict(d.values)) for d in standard.clauses[-1].doubts] == [
        ("hidden_text", {"text": "rahasia"}),
        ("struck_text", {"text": "lama"}),
    ]


def test_pictures_comments_and_signs_are_doubted():
    document = a_document("KTP")
    run = document.add_paragraph("Alur:").add_run()
    run._r.append(OxmlElement("w:drawing"))
    run._r.append(OxmlElement("w:commentReference"))
    run._r.append(parse_xml(f'<w:sym {W} w:font="Wingdings" w:char="F0FC"/>'))
    run._r.append(parse_xml(f'<w:sym {W} w:font="Webdings" w:char="F099"/>'))

    (standard,) = read(saved(document))

    assert words_of(standard)["requirements"] == ["KTP", "Alur:✓"]
    assert [str(d.code) for d in standard.clauses[-1].doubts] == ["comments", "picture", "symbol"]


def test_a_picture_alone_leaves_its_doubt_at_the_component():
    document = a_document("KTP")
    document.add_paragraph().add_run()._r.append(OxmlElement("w:drawing"))

    (standard,) = read(saved(document))

    assert [str(d.code) for d in standard.clauses[-1].doubts] == ["picture"]


def test_characters_that_reorder_text_are_left_out_with_a_doubt():
    document = a_document("KTP \u202egnisa\u202c")

    (standard,) = read(saved(document))

    assert words_of(standard)["requirements"] == ["KTP gnisa"]
    assert codes_of(standard).count("hidden_characters") == 1


def test_an_embedded_document_is_not_read():
    document = a_document("KTP")
    document.element.body.insert(-1, OxmlElement("w:altChunk"))

    (standard,) = read(saved(document))

    assert "embedded" in codes_of(standard)


def test_links_lead_only_where_richtext_lets_them():
    document = a_document()
    for target in ("https://tirtasari.example/", "javascript:alert(1)", "file:///etc/passwd"):
        line = document.add_paragraph()
        number = document.part.relate_to(
            target,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
            is_external=True,
        )
        line._p.append(
            parse_xml(
                f'<w:hyperlink {nsdecls("w", "r")} r:id="{number}"><w:r><w:t>di sini</w:t></w:r>'
                "</w:hyperlink>"
            )
        )

    assert requirements_of(document) == [
        "[di sini](https://tirtasari.example/)",
        "di sini",
        "di sini",
    ]


def test_sixty_pages_are_read_in_well_under_three_seconds():
    document = a_document(*["Pemohon menyerahkan berkas kepada petugas loket. " * 6] * 840)
    content = saved(document)
    began = time.process_time()

    (standard,) = read(content)

    assert time.process_time() - began < 3
    assert len(words_of(standard)["requirements"]) == 840
