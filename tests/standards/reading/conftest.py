import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def in_english():
    """Places and doubts say themselves in the reader's language; these tests read English."""
    with translation.override("en"):
        yield
