from uuid import uuid4

import pytest

from consultations.proceedings.actions import replace_draft
from consultations.standards import actions as standards
from consultations.standards.enums import ReasonKind
from tests import build
from tests.build import TODAY


@pytest.fixture(autouse=True)
def no_limits(settings):
    """Limits are counted per process, and tests share theirs."""
    settings.RATE_LIMITS = False


@pytest.fixture
def wording(consultation):
    """Clause 2.1: “KTP-el diselesaikan paling lama 3 (tiga) hari kerja sejak …”"""
    return build.a_wording(build.draft_of(consultation))


@pytest.fixture
def today(monkeypatch):
    """Views read the clock; here it stands still, so that the consultation stays open."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: TODAY)


@pytest.fixture
def next_round(consultation):
    """A function that publishes the next revision, with other words in clause 2.1 (None: without
    the clause)."""

    def publish(body="KTP-el diselesaikan paling lama 5 (lima) hari kerja."):
        draft = consultation.drafts.get(replaced_by=None)
        old = build.a_wording(draft.revision)
        working = standards.start_working_draft(
            actor=None, standard=draft.revision.standard, based_on=draft.revision, at=TODAY
        )
        edit = {
            "actor": None,
            "revision": working,
            "clause": old.placement.clause,
            "reason_kind": ReasonKind.EDITORIAL,
            "reason": "lebih jelas",
            "expected_digest": old.digest,
            "at": TODAY,
        }
        if body is None:
            standards.delete_clause(**edit)
        else:
            standards.reword_clause(language="id", body=body, **edit)
        return replace_draft(actor=None, draft=draft, at=TODAY)

    return publish


@pytest.fixture
def fields(wording):
    """What the form sends; with other values where a test names them."""

    def filled(**kwargs):
        sent = {
            "wording": wording.pk,
            "parent": "",
            "stance": "oppose",
            "body": "Hitung sejak kami pulang dari loket.",
            "quote_exact": "",
            "quote_prefix": "",
            "quote_suffix": "",
            "proposed_text": "",
            "token": str(uuid4()),
        }
        return sent | kwargs

    return filled


@pytest.fixture
def send(as_user, consultation, today):
    """Posts as a program does, in English: send(citizen, {…})."""

    def post(user, data, **headers):
        client = as_user(user)
        url = f"/en/consultations/{consultation.slug}/comments/"
        return client.post(url, data, headers={"Accept": "application/json"} | headers)

    return post
