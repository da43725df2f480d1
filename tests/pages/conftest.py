import pytest
from django.core.cache import cache
from django.utils import timezone

from tests import build


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Pages read the clock; here it stands still at the time of the builders."""
    monkeypatch.setattr(timezone, "now", lambda: build.TODAY)


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def url(consultation):
    return f"/consultations/{consultation.slug}/"
