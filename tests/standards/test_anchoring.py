import pytest

from consultations.standards.anchoring import contexts, find_quote

PLAIN = "KTP-el selesai 3 (tiga) hari kerja.\nPengaduan dijawab 3 (tiga) hari kerja 😀 sejak é."


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "found"),
    [
        ("KTP-el", "", "", (0, 6)),
        ("3 (tiga) hari kerja", "", "", (15, 34)),
        ("3 (tiga) hari kerja", "KTP-el selesai ", ".", (15, 34)),
        ("3 (tiga) hari kerja", "Pengaduan dijawab ", " 😀", (54, 73)),
        ("3 (tiga) hari kerja", "dijawab", "", (54, 73)),
        ("3 (tiga) hari kerja", "", " 😀 sejak", (54, 73)),
        ("kerja. Pengaduan", "", "", (29, 45)),
        ("kerja.\n  Pengaduan", "", "", (29, 45)),
        ("😀 sejak", "", "", (74, 81)),
        ("sejak e\u0301", "", "", (76, 83)),
        ("  KTP-el ", "", "", (0, 6)),
        ("ktp-el", "", "", None),
        ("5 (lima)", "", "", None),
        ("", "", "", None),
        ("  \n", "", "", None),
    ],
)
def test_find_quote(exact, prefix, suffix, found):
    assert find_quote(PLAIN, exact, prefix, suffix) == found
    if found:
        assert "".join(PLAIN[slice(*found)].split()) in "".join(PLAIN.split())


def test_find_quote_with_its_own_context_finds_itself():
    plain = "hari kerja, hari libur, hari kerja, hari raya " * 5
    start = plain.index("hari libur") + 46 * 3 + 12

    prefix, suffix = contexts(plain, start, start + 4)

    assert find_quote(plain, plain[start : start + 4], prefix, suffix) is not None
    assert len(prefix) == len(suffix) == 32


def test_contexts_stop_at_the_ends():
    assert contexts("abc", 0, 1) == ("", "bc")
    assert contexts("a" * 50, 40, 41) == ("a" * 32, "a" * 9)
