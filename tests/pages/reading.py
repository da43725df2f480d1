"""What the tests of reading share."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def body_of(response) -> str:
    return response.content.decode()


def count_queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
