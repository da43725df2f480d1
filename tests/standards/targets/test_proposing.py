"""A first proposal of what changes for the citizen, and of questions tied to clauses."""

from itertools import count

import pytest

from consultations.standards.queries import ClauseChange, ClauseKind
from consultations.standards.targets.proposing import (
    MOST_QUESTIONS,
    MOST_SENTENCES,
    propose_questions,
    propose_summary,
)
from tests.standards.targets.examples import (
    UU_25,
    citations,
    document,
    documents,
    fee,
    hours,
    time,
)


@pytest.fixture
def change():
    """Builds one changed clause; ids and labels are counted."""
    numbers = count(1)

    def change(kind, *, before="", after="", was=None, now=None) -> ClauseChange:
        number = next(numbers)
        return ClauseChange(
            clause_id=number,
            component_id=1,
            label_before="" if kind == ClauseKind.INSERTED else f"3.{number}",
            label_after="" if kind == ClauseKind.DELETED else f"3.{number}",
            before=before,
            after=after,
            kind=kind,
            is_moved=kind == ClauseKind.MOVED,
            changes=(),
            target_before=was,
            target_after=now,
        )

    return change


@pytest.fixture
def changes(change) -> list[ClauseChange]:
    return [
        change(ClauseKind.SAME, was=fee(0), now=fee(0)),
        change(ClauseKind.REWORDED, was=citations(UU_25), now=citations(UU_25 | {"year": 2010})),
        change(
            ClauseKind.FIGURES,
            was=documents(document("KK"), document("Paspor")),
            now=documents(document("KK"), document("KTP")),
        ),
        change(ClauseKind.INSERTED, after="Petugas  khusus\nmelayani lansia."),
        change(ClauseKind.REWORDED, before="a", after="b"),
        change(ClauseKind.MOVED, before="a", after="a"),
        change(ClauseKind.DELETED, before="Fotokopi dilegalisasi.", was=fee(5_000)),
        change(ClauseKind.DELETED, before="Loket tutup siang hari."),
        change(ClauseKind.REWORDED, was=time(14), now=time(7)),
    ]


def test_summary_speaks_to_the_citizen_with_the_best_first(changes):
    assert propose_summary(changes, "id") == [
        "Anda menunggu lebih singkat: 7 hari kerja, sebelumnya 14 hari kerja.",
        "Anda tidak perlu lagi membawa: Paspor.",
        "Anda kini juga perlu membawa: KTP.",
        "Biaya/tarif: Rp5.000 (tidak dicantumkan lagi).",
        "Standar ini kini juga berdasar pada: UU Nomor 25 Tahun 2010 tentang Pelayanan Publik.",
        "Standar ini tidak lagi berdasar pada: UU Nomor 25 Tahun 2009 tentang Pelayanan Publik.",
        "Baru: “Petugas khusus melayani lansia.”",
        "Tidak ada lagi: “Loket tutup siang hari.”",
        "Dirumuskan ulang: butir 3.5.",
    ]


def test_questions_are_plain_and_tied_to_clauses_that_stand(changes):
    assert propose_questions(changes, "id") == [
        ("Apakah ini cukup cepat bagi Anda: 7 hari kerja?", (9,)),
        ("Apakah semua dokumen ini mudah Anda peroleh: KK; KTP?", (3,)),
        ("Adakah peraturan yang menurut Anda juga perlu dicantumkan di sini?", (2,)),
        ("Apakah Anda setuju dengan yang baru ini: “Petugas khusus melayani lansia.”?", (4,)),
        ("Apakah isi butir 3.5 sekarang jelas bagi Anda?", (5,)),
    ]


def test_proposals_in_english(changes):
    assert propose_summary(changes, "en")[:2] == [
        "You wait less: 7 working days instead of 14 working days.",
        "You no longer need to bring: Paspor.",
    ]
    assert (
        propose_questions(changes, "en")[0].text == "Is this fast enough for you: 7 working days?"
    )


def test_nothing_changed_proposes_nothing(change):
    same = [change(ClauseKind.SAME, was=time(3), now=time(3)), change(ClauseKind.MOVED)]

    assert (propose_summary(same, "id"), propose_questions(same, "id")) == ([], [])


def test_one_question_of_each_kind_comes_before_the_second_of_any(change):
    changes = [change(ClauseKind.INSERTED, now=time(days)) for days in range(1, 5)]
    changes += [change(ClauseKind.INSERTED, now=hours("mon 08:00-15:00"))]

    assert [question.clause_ids for question in propose_questions(changes, "id")] == [
        (1,), (5,), (2,), (3,), (4,),
    ]  # fmt: skip


def test_proposals_are_short_however_much_has_changed(change):
    changes = [change(ClauseKind.INSERTED, after=f"Butir {n}. " + "kata " * 90) for n in range(40)]
    changes += [change(ClauseKind.REWORDED, before="a", after="b") for _n in range(2)]

    summary, questions = propose_summary(changes, "id"), propose_questions(changes, "id")

    assert len(summary) == MOST_SENTENCES
    assert max(map(len, summary)) < 160
    assert len(questions) == MOST_QUESTIONS
    assert questions[-1].clause_ids == (41, 42)
