"""The same words in each of the layouts that agencies use give the same clauses."""

import pytest

from consultations.standards.reading import DocumentKind
from tests.standards.reading.layouts import LAYOUTS, codes_of, read, words_of
from tests.standards.reading.texts import COMPONENTS, TEXTS


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.service)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_gives_the_words_of_each_component(layout, text):
    build, filename = LAYOUTS[layout]

    (standard,) = read(build(text), filename)

    assert words_of(standard) == text.words
    assert standard.service_name.lower() == text.service.lower()
    assert standard.kind_of_document is DocumentKind.STANDARD
    assert standard.language == "id"
    assert (standard.decree.number, standard.decree.dated_on) == (text.number, text.dated_on)
    missing = len(COMPONENTS) - len(text.components)
    assert codes_of(standard) == ["missing"] * missing
