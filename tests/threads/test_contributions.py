import pytest

from consultations.kernel.errors import Invalid
from consultations.threads.contributions import changed_part, contribution, find_passage
from consultations.threads.sentences import sentences

PLAIN = "Selesai paling lama 3 (tiga) hari kerja sejak pukul 08.00. Gratis."
SHORTER = PLAIN.replace("3 (tiga) hari ", "")
FIVE = PLAIN.replace("3 (tiga)", "5")
FREE = PLAIN.replace("Gratis", "Bebas")


def made(**kwargs):
    return contribution(**{"stance": "neutral", "body": "Halo."} | kwargs)


def passage(exact: str):
    return find_passage(PLAIN, made(quote={"exact": exact}))


def test_texts_are_kept_in_one_normal_form():
    found = made(body=" e\u0301\r\nx ", quote={"exact": "e\u0301"})

    assert (found.body, found.exact) == ("é\nx", "é")


@pytest.mark.parametrize(
    "other",
    [{"body": "Hai."}, {"stance": "support"}, {"quote": {"exact": "3"}}, {"proposed_text": "5"}],
)
def test_other_content_has_another_fingerprint(other):
    place = {"wording": 1, "parent": None}

    assert made().fingerprint(**place) == made().fingerprint(**place)
    assert made(**other).fingerprint(**place) != made().fingerprint(**place)
    assert made().fingerprint(wording=2, parent=None) != made().fingerprint(**place)


def test_an_unknown_stance_is_named():
    with pytest.raises(Invalid) as refused:
        made(stance="angry")

    assert list(refused.value.errors) == ["stance"]


def test_a_passage_is_found_by_what_stands_around_it():
    plain = "hari kerja, lalu hari kerja"

    second = find_passage(plain, made(quote={"exact": "hari kerja", "prefix": "lalu "}))

    assert (second.start, second.end, second.prefix) == (17, 27, "hari kerja, lalu ")


@pytest.mark.parametrize(
    ("proposed", "proposed_from", "quoted", "expected"),
    [
        (PLAIN, "clause", None, ("", True)),
        (PLAIN.replace(" ", "\n"), "clause", None, ("", True)),
        ("3  (tiga) hari", "quote", "3 (tiga) hari", ("", True)),
        ("5 (lima) hari", "quote", "3 (tiga) hari", ("5 (lima) hari", True)),
        (FIVE, "clause", None, (FIVE, True)),
        (FIVE, "clause", "3 (tiga) hari", ("5 hari", True)),
        (FREE, "clause", "3 (tiga) hari", (FREE, False)),
        (SHORTER, "clause", "3 (tiga) hari", (SHORTER, False)),
    ],
)
def test_what_a_prefilled_form_proposes(proposed, proposed_from, quoted, expected):
    found = changed_part(proposed, proposed_from, PLAIN, passage(quoted) if quoted else None)

    assert found == expected


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        (PLAIN, ["Selesai paling lama 3 (tiga) hari kerja sejak pukul 08.00.", "Gratis."]),
        ("Satu kalimat saja.", []),
        ("Sesuai No. 5 dan Rp120.000; lihat juga pukul 08.00 WIB.", []),
        ("butir satu\nbutir dua", ["butir satu", "butir dua"]),
        ("Sama. Sama. Lain.", ["Sama.", "Sama.", "Lain."]),
        ("", []),
    ],
)
def test_sentences_to_choose_from(plain, expected):
    assert [plain[start:end] for start, end in sentences(plain)] == expected
