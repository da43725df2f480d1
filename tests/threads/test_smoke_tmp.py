from tests import build
from django.test.utils import CaptureQueriesContext
from django.db import connection
import uuid
def test_post(db):
    c = build.a_consultation()
    u = build.a_user()
    build.a_comment(c, u)
    w = build.a_wording(build.draft_of(c))
    with CaptureQueriesContext(connection) as q:
        cm = build.a_comment(c, u, wording=w, quote={"exact":"3 (tiga) hari kerja"}, proposed_text="5 (lima) hari kerja", body="x")
    for x in q.captured_queries: print(x["sql"][:3000]); print()
    assert cm.number == 2
    from consultations.threads.queries import threads_of_wordings, thread_page, counts_by_wording
    build.a_comment(c, u, wording=w, parent=cm, body="x")
    with CaptureQueriesContext(connection) as q:
        t=threads_of_wordings([w.pk])
    for x in q.captured_queries: print(x["sql"][:3000]); print()
    print(t, counts_by_wording(c))
    assert 0
