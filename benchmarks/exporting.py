"""A standard of some 60 pages as a printed paper and as a Word file."""

import json
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdf

from benchmarks.words import sentence
from consultations.richtext.rendering import render_words
from consultations.standards.exporting import standard_docx, standard_pdf
from consultations.standards.exporting.documents import (
    ExportedClause,
    ExportedComponent,
    ExportedRevision,
)
from consultations.standards.queries import Standing

_COMPONENTS, _CLAUSES_EACH = 14, 11


def time_export(times: str) -> None:
    random.seed(1)
    given = _a_long_standard()
    pages = len(pypdf.PdfReader(BytesIO(standard_pdf(given))).pages)
    found = {"pages": pages}
    for name, write in (("PDF", standard_pdf), ("DOCX", standard_docx)):
        taken = []
        for number in range(int(times)):
            other = replace(given, number=number + 1)
            start = time.perf_counter()
            write(other)
            taken.append(time.perf_counter() - start)
        found[name] = statistics.median(taken) * 1000
    print(json.dumps(found))


def _a_long_standard() -> ExportedRevision:
    components = tuple(
        ExportedComponent(
            number, f"c{number}", "delivery", f"Komponen {number}", tuple(_clauses(number))
        )
        for number in range(1, _COMPONENTS + 1)
    )
    return ExportedRevision(
        language="id",
        agencies=("Pemerintah Kabupaten Tirtasari", "Dinas Kependudukan dan Pencatatan Sipil"),
        address="Jalan Rembuk Nomor 14, Tirtasari",
        region="Kabupaten Tirtasari",
        service="Penerbitan KTP elektronik",
        number=1,
        standing=Standing.CONSULTED,
        state="Dalam konsultasi",
        dated_on=date(2026, 11, 3),
        effective_on=None,
        superseded_on=None,
        decree=None,
        component_set="Komponen Standar Pelayanan",
        component_source="Permenpan RB Nomor 15 Tahun 2014",
        components=components,
        url="https://forum.example/standards/dinas/ktp-elektronik/1/",
        digest="a1" * 32,
    )


def _clauses(component: int) -> Iterator[ExportedClause]:
    """A paragraph, a list and a paragraph with a link: 150 words."""
    for number in range(1, _CLAUSES_EACH + 1):
        steps = "\n".join(f"{n}. {sentence(13)}" for n in range(1, 6))
        body = f"{sentence(60)}\n\n{steps}\n\n**{sentence(5)}** [{sentence(3)}](/f/) {sentence(17)}"
        rendered = render_words(body)
        yield ExportedClause(
            label=f"{component}.{number}",
            depth=0,
            language="id",
            heading="",
            body=body,
            html=str(rendered.html),
            plain=rendered.plain,
            target=None,
        )
