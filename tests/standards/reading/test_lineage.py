from hypothesis import given
from hypothesis import strategies as st

from consultations.standards.reading import Place, ReadClause
from consultations.standards.reading.lineage import Kind, match_clauses

TIME = "Kartu Keluarga diselesaikan paling lama 5 (lima) hari kerja sejak berkas lengkap."
SHORTER = "Kartu Keluarga diselesaikan paling lama 3 (tiga) hari kerja sejak berkas lengkap."
FEE = "Tidak dipungut biaya untuk penerbitan pertama dan penggantian."
FORM = "Formulir F-1.02 yang diisi lengkap dan ditandatangani pemohon."
DEED = "Fotokopi kutipan akta nikah yang dilegalisir oleh pejabat yang berwenang."


def a_clause(component: str | None, body: str, heading: str = "") -> ReadClause:
    return ReadClause(component, heading, body, Place())


def matched(old, new) -> list[tuple]:
    return [
        (pair.old, pair.new, str(pair.kind))
        for pair in match_clauses(
            [(key, component, "", body) for key, component, body in old],
            [a_clause(component, body) for component, body in new],
        )
    ]


def test_equal_words_are_the_same_clause_whatever_their_punctuation():
    assert matched([("a", "fee", FEE)], [("fee", FEE.upper().rstrip("."))]) == [("a", 0, "same")]


def test_changed_words_are_reworded():
    assert matched([("a", "time", TIME)], [("time", SHORTER)]) == [("a", 0, "reworded")]


def test_another_order_is_moved_for_as_few_clauses_as_possible():
    old = [("a", "req", FORM), ("b", "req", DEED), ("c", "req", TIME)]
    new = [("req", DEED), ("req", TIME), ("req", FORM)]

    assert matched(old, new) == [("b", 0, "same"), ("c", 1, "same"), ("a", 2, "moved")]


def test_another_component_is_moved():
    assert matched([("a", "fee", FEE)], [("output", FEE)]) == [("a", 0, "moved")]


def test_what_has_no_like_is_new_or_gone():
    old = [("a", "req", FORM), ("b", "fee", FEE), ("c", "time", TIME)]
    new = [("req", FORM), ("time", TIME), ("req", DEED)]

    assert matched(old, new) == [
        ("a", 0, "same"),
        ("b", None, "gone"),
        ("c", 1, "same"),
        (None, 2, "new"),
    ]


def test_what_is_gone_from_the_front_stands_at_the_front():
    assert matched([("a", "req", FORM), ("b", "fee", FEE)], [("fee", FEE)]) == [
        ("a", None, "gone"),
        ("b", 0, "same"),
    ]


def test_two_that_are_alike_leave_it_doubtful():
    half = "Kartu Keluarga diselesaikan paling lama 4 (empat) hari kerja sejak berkas lengkap."

    kinds = [pair[2] for pair in matched([("a", "t", TIME), ("b", "t", SHORTER)], [("t", half)])]

    assert sorted(kinds) == ["doubtful", "gone"]


def test_repeated_words_are_paired_in_their_order():
    old = [("a", "fee", FEE), ("b", "fee", FEE)]

    assert matched(old, [("fee", FEE), ("fee", FEE)]) == [("a", 0, "same"), ("b", 1, "same")]


def test_short_clauses_of_one_component_are_found_again():
    assert matched([("a", "staff", "5 orang")], [("staff", "7 orang")]) == [("a", 0, "doubtful")]
    assert matched([("a", "staff", "5 orang")], [("fee", "7 orang")]) == [
        ("a", None, "gone"),
        (None, 0, "new"),
    ]


def test_scores_say_how_much_stayed():
    (pair,) = match_clauses([("a", "time", "", TIME)], [a_clause("time", SHORTER)])

    assert 0.8 < pair.score < 1


WORDS = st.lists(st.sampled_from([*"abcdefgh"]), max_size=6).map(" ".join)
CLAUSES = st.lists(st.tuples(st.sampled_from(["x", "y", None]), WORDS), max_size=9)


@given(CLAUSES, CLAUSES)
def test_every_clause_stands_in_one_pair(old, new):
    pairs = match_clauses(
        [(number, component, "", body) for number, (component, body) in enumerate(old)],
        [a_clause(component, body) for component, body in new],
    )

    assert sorted(p.old for p in pairs if p.old is not None) == list(range(len(old)))
    assert [p.new for p in pairs if p.new is not None] == list(range(len(new)))
    assert all((p.old is None) == (p.kind is Kind.NEW) for p in pairs)
    assert all((p.new is None) == (p.kind is Kind.GONE) for p in pairs)
    assert all(0 <= p.score <= 1 for p in pairs)


@given(CLAUSES)
def test_a_revision_is_the_same_as_itself(clauses):
    pairs = match_clauses(
        [(number, component, "", body) for number, (component, body) in enumerate(clauses)],
        [a_clause(component, body) for component, body in clauses],
    )

    assert [(p.old, p.kind) for p in pairs] == [(n, Kind.SAME) for n in range(len(clauses))]
