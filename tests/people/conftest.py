"""What the tests of people share."""

import pytest
from django.core.cache import cache

from consultations.people.registries import access_changed


@pytest.fixture
def closed(monkeypatch):
    """The users whose sockets were told to close, in order."""
    told = []
    monkeypatch.setitem(access_changed._entries, "test", told.append)
    return told


@pytest.fixture(autouse=True)
def fresh_limits():
    """allauth counts attempts in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()
