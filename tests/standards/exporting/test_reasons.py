"""Why each clause changed, as a file can say it."""

from consultations.standards.exporting.reasons import Given, joined, keys_moved, reasons_by_clause
from consultations.standards.importing.parsing import ClauseData, Reason

OTHERWISE = Reason("as_published", "sebagaimana diterbitkan")


def clause(key: str, words: str = "kata", parent: str = "", component: str = "fee") -> ClauseData:
    return ClauseData(key, component, parent, {"id": words}, {}, None, None)


def clauses(keys: str) -> list[ClauseData]:
    """ "a b(c)": b has c below it."""
    made, above = [], ""
    for key in keys.replace("(", " ( ").replace(")", " ) ").split():
        if key in "()":
            above = made[-1].key if key == "(" else ""
        else:
            made.append(clause(key, parent=above))
    return made


def test_moved_is_what_loading_moves():
    cases = [
        ("a b c", "a b c", []),
        ("a b c", "c a b", ["c"]),
        ("a b", "b a", ["b"]),
        ("a b c", "n a b c", []),
        ("a b c", "b c", []),
        ("a(b) c", "c a(b)", ["c"]),
        ("a(b) c", "a b c", ["b"]),
        ("a(b) c", "b c", ["b", "c"]),  # "a" is in the way until "b" has left it
        ("a b", "a(b)", ["b"]),
    ]

    found = [keys_moved(clauses(before), clauses(after)) for before, after, _moved in cases]

    assert found == [moved for _before, _after, moved in cases]


def test_reasons_of_one_clause_are_joined_and_the_strongest_kind_stands():
    law, editorial = Reason("law", "aturan baru"), Reason("editorial", "lebih jelas")

    assert joined([]) is None
    assert joined([editorial, law, editorial]) == Reason("law", "lebih jelas\naturan baru")


def test_only_what_changed_has_a_reason():
    before = [clause("a"), clause("b"), clause("c")]
    after = [clause("a"), clause("b", "lain"), clause("d")]
    given = {
        "a": Given(words=[Reason("law", "kembali seperti semula")]),
        "b": Given(words=[Reason("law", "aturan")]),
        "d": Given(inherited=[Reason("editorial", "dipisah")]),
    }

    assert reasons_by_clause(before, after, given, OTHERWISE) == {
        "b": Reason("law", "aturan"),
        "c": OTHERWISE,
        "d": Reason("editorial", "dipisah"),
    }


def test_the_reason_of_a_move_goes_to_the_one_that_the_file_moves():
    given = {"a": Given(moves=[Reason("editorial", "urutan")])}

    found = reasons_by_clause(clauses("a b"), clauses("b a"), given, OTHERWISE)

    assert found == {"b": Reason("editorial", "urutan")}
