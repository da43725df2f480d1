from consultations.standards.reading.duplicates import near_duplicates, text_of
from tests.standards.reading.layouts import headings, read, three_columns
from tests.standards.reading.texts import TEXTS

LONG = " ".join(f"kata{number}" for number in range(200))


def test_the_same_words_in_another_layout_are_alike():
    texts = [
        ((text.service, layout.__name__), text_of(read(layout(text))[0]))
        for text in TEXTS
        for layout in (headings, three_columns)
    ]

    pairs = near_duplicates(texts)

    assert [(first[0], second[0], score) for first, second, score in pairs] == [
        (text.service, text.service, 1.0) for text in TEXTS
    ]


def test_texts_are_alike_by_the_share_of_their_words():
    texts = [
        (1, LONG),
        (2, LONG.replace("kata99", "lain")),
        (3, " ".join(LONG.split()[:120])),
        (4, ""),
        (5, ""),
        (6, "ya"),
        (7, "ya"),
    ]

    assert near_duplicates(texts) == [(6, 7, 1.0), (1, 2, 0.97)]
    assert (1, 3, 0.596) in near_duplicates(texts, like_from=0.5)


def test_nothing_is_alike_nothing():
    assert near_duplicates([]) == near_duplicates([("a", "")]) == []
