"""Which version brought each passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.standards.diffing import blame


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ([], []),
        (["Tiga hari."], [("Tiga hari.", 0)]),
        (
            ["Selesai 14 hari kerja.", "Selesai 7 hari kerja.", "Selesai 7 hari kerja, gratis."],
            [("Selesai ", 0), ("7 ", 1), ("hari ", 0), ("kerja, gratis.", 2)],
        ),
        # A few same words between two replacements keep their own age.
        (["a satu b dua c", "x satu y dua z"], None),
        (["", "Baru."], [("Baru.", 1)]),
        (["Lama.", ""], []),
    ],
)
def test_each_passage_has_the_version_that_brought_it(versions, expected):
    found = blame(versions)

    if expected is None:
        assert {o.text.strip() for o in found if o.version == 0} >= {"satu", "dua"}
    else:
        joined = "".join(origin.text for origin in found)
        assert joined == (versions[-1] if versions else "")
        assert {(text.strip(), version) for text, version in found if text.strip()} >= {
            (text.strip(), version) for text, version in expected[:2]
        }


words = st.lists(st.sampled_from(["hari", "kerja", "7", "14", "gratis.", "dan", "\n"]), max_size=12)


@given(st.lists(words.map(" ".join), min_size=1, max_size=5))
def test_the_passages_joined_are_the_newest_text(versions):
    found = blame(versions)

    assert "".join(origin.text for origin in found) == versions[-1]
    assert all(0 <= origin.version < len(versions) for origin in found)


@given(words.map(" ".join), st.integers(1, 4))
def test_what_never_changed_is_as_old_as_the_first(text, times):
    assert {origin.version for origin in blame([text] * times)} <= {0}
