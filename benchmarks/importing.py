"""The import of a DOCX of 60 pages: from the upload to the preview beside the present revision."""

import json
import random
import re
import time
import uuid
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import urlsplit

from docx import Document

from benchmarks.addresses import IMPORT
from benchmarks.figures import Figure, percentile
from benchmarks.stage import Stage
from benchmarks.words import CLAUSES, WORDS_EACH, reworded, some_words
from tests.support.client import Answer, Client
from tests.support.forms import form_fields
from tests.support.servers import ROOT

_APPROVER = "pejabat@contoh.test"  # may take over what was published already
_COMPONENTS = json.loads((ROOT / "samples/component-sets/id-2014.json").read_text("utf-8"))


def measure_import(stage: Stage) -> Iterator[Figure]:
    random.seed(2)
    clauses = [some_words(WORDS_EACH) for _ in range(CLAUSES)]
    previews = []
    with stage.scene() as scene:
        client = scene.server.client().sign_in(_APPROVER)
        old = _a_docx(clauses, day="3 Januari 2022")
        path = _upload(client, old, is_published="on")
        page = _preview(client, path)
        start = time.perf_counter()
        _take_over(client, path, page)
        taken_over = time.perf_counter() - start
        for _ in range(stage.plan.import_runs):
            content = _a_docx([reworded(words) for words in clauses], day="5 Mei 2024")
            start = time.perf_counter()
            page = _preview(client, _upload(client, content))
            previews.append(time.perf_counter() - start)
            if "<ins>" not in page:
                raise RuntimeError("the preview shows no difference")
    name = f"import preview of a DOCX of 60 pages, {CLAUSES} clauses"
    yield Figure(name, percentile(previews, 0.5), "s", 3)
    yield Figure("  taking over such a document", taken_over, "s")


def _a_docx(clauses: list[list[str]], *, day: str) -> bytes:
    """The ministry's table of three columns; a book page has some 500 words."""
    document = Document()
    for line in (
        "KEPUTUSAN KEPALA DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL",
        f"NOMOR 188/1/{day[-4:]}",
        "TENTANG",
        "STANDAR PELAYANAN PADA DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL",
        "Jenis Pelayanan : Penerbitan surat pindah",
    ):
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=3)
    components = _COMPONENTS["components"]
    each = -(-len(clauses) // len(components))
    for number, component in enumerate(components):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = f"{number + 1}.", component["name"]["id"]
        part = clauses[number * each : (number + 1) * each]
        for place, words in enumerate(part, 1):
            cells[2].add_paragraph(f"{place}. {' '.join(words).capitalize()}.")
    document.add_paragraph("Ditetapkan di Tirtasari")
    document.add_paragraph(f"pada tanggal {day}")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _upload(client: Client, content: bytes, **fields: str) -> str:
    """The address of the preview: one file is read at once."""
    page = client.get(IMPORT).text
    chosen = re.search(r'name="component_set" value="(\d+)"', page)
    fields |= {"csrfmiddlewaretoken": client.cookie("csrftoken"), "component_set": chosen[1]}
    border = uuid.uuid4().hex
    parts = [f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
             for name, value in fields.items()]  # fmt: skip
    parts.append(
        f'--{border}\r\nContent-Disposition: form-data; name="files"; filename="a.docx"\r\n\r\n'
    )
    body = "".join(parts).encode() + content + f"\r\n--{border}--\r\n".encode()
    kind = {"Content-Type": f"multipart/form-data; boundary={border}", "Origin": client.url}
    return _moved(client.send("POST", IMPORT, body, kind))


def _moved(answer: Answer) -> str:
    if answer.status != 302:
        raise RuntimeError(f"{answer.status}: {answer.text[:2000]}")
    return urlsplit(answer.headers["Location"]).path


def _preview(client: Client, path: str) -> str:
    answer = client.get(path)
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {answer.text[:2000]}")
    return answer.text


def _take_over(client: Client, path: str, page: str) -> None:
    fields = form_fields(page, "document") | {"action": "confirm"}
    _moved(client.post(path, fields, as_json=False))
