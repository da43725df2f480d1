"""The register with many services: how long finding them takes, with words and filters."""

import json
import random
import statistics
import time
from collections.abc import Iterator
from datetime import date, timedelta

from benchmarks.cores import SERVER_CORE, on_core
from benchmarks.figures import Figure
from benchmarks.stage import Stage

_AGENCIES_EACH, _GOVERNMENTS = 24, 8
_CLAUSES_EACH, _WORDS_EACH, _BATCH = 6, 35, 500
_SECTORS = ("Kependudukan", "Kesehatan", "Pendidikan", "Perizinan", "Perhubungan", "Sosial")
_SERVICES = (
    "kartu keluarga", "akta kelahiran", "surat keterangan pindah", "izin usaha", "rujukan",
    "legalisasi ijazah", "paspor", "surat izin mengemudi", "pengantar", "uji kendaraan",
)  # fmt: skip
_TEXT = (
    "pemohon petugas loket kartu keluarga elektronik paling lama hari kerja sejak berkas lengkap "
    "diterima tidak dipungut biaya termasuk penggantian karena hilang atau rusak melalui aplikasi "
    "kecamatan desa dinas perekaman data kependudukan surat keterangan pelayanan persyaratan"
)
_COMMON = _TEXT.split()
# What is asked for, from what nearly all have to what few have; the name says how it looks.
_ASKED = {
    "a word that all have": {"text": "pelayanan"},
    "two words and a sector": {"text": "kartu keluarga", "sector": "Kependudukan"},
    "a name, a government and what holds": {
        "text": "legalisasi ijazah",
        "agency": "pemerintah-3",
        "standing": "in_force",
    },
    "a rare word": {"text": "rare"},
    "filters without words": {"agency": "pemerintah-1", "standing": "overdue"},
}


def measure_register(stage: Stage) -> Iterator[Figure]:
    services = stage.plan.services
    with stage.copy("postgres") as (_folder, url), on_core(SERVER_CORE):
        stage.run(url, "register", str(services))
        measured = json.loads(stage.run(url, "search", str(stage.plan.searches)))
    slowest = max(measured, key=lambda name: measured[name]["median"])
    yield Figure(
        f"register search over {services:,} services, words and filters",
        measured[slowest]["median"],
        "ms",
        50,
        note=f"the slowest: {slowest}",
    )
    for name, one in measured.items():
        yield Figure(f"  {name}", one["median"], "ms", note=f"{one['total']:,} found")


# --- inside: with the project's settings -------------------------------------------------------


def time_searches(times: str) -> None:
    """Counting, one page of the list, and its excerpts, as the page asks for them."""
    from consultations.standards import queries
    from consultations.standards.searching import read_terms

    on, measured = date(2026, 11, 24), {}
    for name, asked in _ASKED.items():
        text = rare_word() if asked.get("text") == "rare" else asked.get("text", "")
        rest = {key: value for key, value in asked.items() if key != "text"}
        criteria, taken = queries.Criteria(read_terms(text), **rest), []
        for _ in range(int(times) + 2):
            start = time.perf_counter()
            total = queries.facets(criteria, on=on).total
            queries.search(criteria, on=on, total=total, start=0, size=20)
            taken.append(time.perf_counter() - start)
        measured[name] = {"median": statistics.median(taken[2:]) * 1000, "total": total}
    print(json.dumps(measured))


def vocabulary() -> list[str]:
    """Words as texts have them: few that are everywhere, many that are hardly anywhere."""
    syllables = [first + second for first in "bcdgjklmnprstw" for second in "aeiou"]
    rare = [
        one + two + three for one in syllables[::3] for two in syllables[1::3]
        for three in syllables[2::11]
    ]  # fmt: skip
    return _COMMON + rare


def rare_word() -> str:
    return vocabulary()[1500]


def fill_register(count: str) -> None:
    """Services of many agencies, each with a standard that holds, and the index of them."""
    from django.db import transaction
    from django.utils import timezone

    from consultations.standards.actions import index_all
    from consultations.standards.models import ComponentSet

    random.seed(count)
    now, total = timezone.now(), int(count)
    agencies = _agencies(now)
    component_set = ComponentSet.objects.get(key="id-2014")
    components = list(component_set.components.all()[:_CLAUSES_EACH])
    words, weights = vocabulary(), [1 / (place + 2) for place in range(len(vocabulary()))]
    for start in range(0, total, _BATCH):
        numbers = range(start, min(start + _BATCH, total))
        bodies = iter(random.choices(words, weights, k=len(numbers) * _CLAUSES_EACH * _WORDS_EACH))
        with transaction.atomic():
            _fill_batch(numbers, agencies, component_set, components, bodies, now)
    index_all(at=now)
    _analyze()


def _agencies(now) -> list:
    from consultations.kernel.fields import LocalizedText
    from consultations.people import actions as people

    agencies = []
    for number in range(_GOVERNMENTS):
        name = LocalizedText({"id": f"Pemerintah Kabupaten {number}"})
        government = people.create_agency(
            actor=None, slug=f"pemerintah-{number}", name=name, at=now
        )
        for unit in range(_AGENCIES_EACH):
            name = LocalizedText({"id": f"Dinas {unit} Kabupaten {number}"})
            agencies.append(
                people.create_agency(
                    actor=None, slug=f"dinas-{number}-{unit}", name=name, parent=government, at=now
                )
            )
    return agencies


def _fill_batch(numbers, agencies, component_set, components, words, now) -> None:
    """Past the actions, in as many statements as there are tables: twenty thousand services."""
    from consultations.kernel.fields import LocalizedText
    from consultations.ledger.models import Log
    from consultations.standards.models import Service, Standard

    services = Service.objects.bulk_create(
        Service(
            agency=random.choice(agencies),
            slug=f"layanan-{number}",
            name=LocalizedText({"id": f"Penerbitan {random.choice(_SERVICES)} {number}"}),
            sector=random.choice(_SECTORS),
        )
        for number in numbers
    )
    logs = Log.objects.bulk_create(
        Log(kind="standard", key=f"filled/{service.slug}", created_at=now) for service in services
    )
    standards = Standard.objects.bulk_create(
        Standard(
            service=service,
            component_set=component_set,
            log=log,
            review_due_on=date(2026, 11, 24) + timedelta(days=random.randint(-60, 300)),
        )
        for service, log in zip(services, logs, strict=True)
    )
    _fill_words(standards, components, words, now)


def _fill_words(standards, components, words, now) -> None:
    from consultations.standards.models import Clause, Placement, Revision, Wording

    revisions = Revision.objects.bulk_create(
        Revision(standard=standard, number=1, created_at=now) for standard in standards
    )
    clauses = Clause.objects.bulk_create(
        Clause(standard=standard) for standard in standards for _component in components
    )
    placements = Placement.objects.bulk_create(
        Placement(
            revision=revision, clause=clause, component=component, position=1,
            label=f"{component.number}.1",
        )
        for (revision, component), clause in zip(
            ((revision, component) for revision in revisions for component in components),
            clauses, strict=True,
        )
    )  # fmt: skip
    Wording.objects.bulk_create(_wording(placement, words) for placement in placements)
    Revision.objects.filter(pk__in=[revision.pk for revision in revisions]).update(
        state="adopted", published_at=now, effective_on=date(2026, 1, 2)
    )


def _wording(placement, words):
    from consultations.standards.models import Wording

    text = " ".join(next(words) for _ in range(_WORDS_EACH)).capitalize() + "."
    return Wording(
        placement=placement, language="id", body=text, plain=text, html=f"<p>{text}</p>",
        renderer_version=1, digest="0" * 64,
    )  # fmt: skip


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
