"""One copy of a page for all visitors who come at once."""

from threading import Thread

import pytest
from django.core.cache import cache
from django.http import HttpResponse

from consultations.kernel.serving import serve
from consultations.kernel.turns import Turns
from tests.support.waiting import wait_until


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def visitors_request(rf, path):
    request = rf.get(path)
    request.user = type("Visitor", (), {"is_authenticated": False})
    return request


def test_visitors_who_come_at_once_have_the_page_made_once(rf, settings):
    settings.DEBUG = False
    made, answers, at_the_door = [], [], []

    def build_page():
        made.append(1)
        wait_until(lambda: len(at_the_door) == 8, 10, what="all visitors are there")
        return HttpResponse("page")

    def visit():
        request = visitors_request(rf, "/a-page/")
        at_the_door.append(1)
        answers.append(serve(request, ("v1",), build_page).content)

    visitors = [Thread(target=visit) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()

    assert answers == [b"page"] * 8
    assert made == [1]


def test_a_build_that_fails_lets_the_next_visitor_try(rf):
    def fails():
        raise ValueError("no page")

    request = visitors_request(rf, "/another-page/")
    with pytest.raises(ValueError, match="no page"):
        serve(request, ("v1",), fails)

    assert serve(request, ("v1",), lambda: HttpResponse("page")).content == b"page"


def test_an_address_keeps_its_newest_copy_only(rf):
    def visit(version):
        request = visitors_request(rf, "/third-page/")
        return serve(request, (version,), lambda: HttpResponse(version))

    first, second = visit("v1"), visit("v2")

    assert first["ETag"] != second["ETag"]
    assert second.content == b"v2"
    assert len(cache._cache) == 1


def test_a_turn_is_the_same_lock_for_the_same_key():
    turns = Turns()

    assert turns.at(("a", 1)) is turns.at(("a", 1))
