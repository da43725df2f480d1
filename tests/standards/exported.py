"""Revisions as exports see them, without a database."""

from dataclasses import replace
from datetime import date

from consultations.richtext.rendering import render_words
from consultations.standards.exporting.documents import (
    ExportedClause,
    ExportedComponent,
    ExportedDecree,
    ExportedRevision,
)
from consultations.standards.queries import Standing

URL = "https://forum.example/standards/dinas/ktp/3/"


def a_clause(label: str, body: str, heading: str = "", language: str = "en") -> ExportedClause:
    rendered = render_words(body)
    return ExportedClause(
        label=label,
        depth=label.count(".") - 1,
        language=language,
        heading=heading,
        body=body,
        html=str(rendered.html),
        plain=rendered.plain,
        target=None,
    )


def an_exported(*clauses: ExportedClause, **changes) -> ExportedRevision:
    """A revision in force whose first component has these clauses; the third has none."""
    clauses = clauses or (a_clause("1.1", "Kartu Keluarga."),)
    components = (
        ExportedComponent(1, "requirements", "delivery", "Persyaratan", clauses),
        ExportedComponent(2, "fee", "delivery", "Biaya/tarif", (a_clause("2.1", "Gratis."),)),
        ExportedComponent(3, "legal-basis", "manufacturing", "Dasar hukum", ()),
    )
    given = ExportedRevision(
        language="en",
        agencies=("Pemerintah Kabupaten Tirtasari", "Dinas Kependudukan"),
        address="Jalan Rembuk Nomor 14, Tirtasari",
        region="Kabupaten Tirtasari",
        service="Penerbitan KTP elektronik",
        number=3,
        standing=Standing.IN_FORCE,
        state="Adopted",
        dated_on=date(2023, 12, 20),
        effective_on=date(2024, 1, 2),
        superseded_on=None,
        decree=ExportedDecree("188/47/2023", date(2023, 12, 18), "Standar", "Drs. Hartono", "I"),
        component_set="Komponen Standar Pelayanan",
        component_source="Permenpan RB Nomor 15 Tahun 2014",
        components=components,
        url=URL,
        digest="a1" * 32,
    )
    return replace(given, **changes)
