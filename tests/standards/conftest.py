import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def empty_cache():
    """Pages are kept by what they depend on, which can be the same in another test."""
    cache.clear()
    yield
    cache.clear()
