"""Words: the diff of two revisions of 200 clauses, all changed; and a long standard as a file."""

import json
import random
import time
from collections.abc import Iterator

from benchmarks.figures import Figure, percentile
from benchmarks.stage import Stage
from consultations.standards.diffing import diff_words

CLAUSES, WORDS_EACH = 200, 150
_CHANGED = 0.1
_TEXT = (
    "pemohon petugas loket kartu keluarga elektronik paling lama hari kerja sejak berkas "
    "lengkap diterima tidak dipungut biaya termasuk penggantian karena hilang atau rusak "
    "melalui aplikasi kecamatan desa dinas perekaman data kependudukan surat keterangan"
)
_WORDS = _TEXT.split()


def measure_diff(stage: Stage) -> Iterator[Figure]:
    random.seed(1)
    old = [some_words(WORDS_EACH) for _ in range(CLAUSES)]
    pairs = [(" ".join(words), " ".join(reworded(words))) for words in old]
    taken = []
    for _ in range(stage.plan.diff_runs):
        start = time.perf_counter()
        for before, after in pairs:
            diff_words(before, after)
        taken.append(time.perf_counter() - start)
    name = f"word diff of {CLAUSES} clauses, {CLAUSES * WORDS_EACH:,} words"
    yield Figure(name, percentile(taken, 0.5) * 1000, "ms", 50)


def measure_export(stage: Stage) -> Iterator[Figure]:
    # In a process with the project's settings; what is written is made up, from no database.
    found = json.loads(stage.run("sqlite:///unused", "export", str(stage.plan.export_runs)))
    for form in ("PDF", "DOCX"):
        yield Figure(f"{form} of a standard of {found['pages']} pages", found[form], "ms", 1000)


def some_words(count: int) -> list[str]:
    return random.choices(_WORDS, k=count)


def sentence(words: int) -> str:
    return " ".join(some_words(words)).capitalize() + "."


def reworded(words: list[str]) -> list[str]:
    """One word in ten is another, gone, or has got company."""
    made = []
    for word in words:
        chance = random.random()
        if chance > _CHANGED:
            made.append(word)
        elif chance < _CHANGED / 3:
            made += [word, random.choice(_WORDS)]
        elif chance < 2 * _CHANGED / 3:
            made.append(random.choice(_WORDS))
    return made
