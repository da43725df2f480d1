"""The service pledge: who signs it, what is frozen, and what everybody sees of it."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import translation

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.ledger.queries import data_of, newest_entries
from consultations.people import actions as people
from consultations.people.models import PostHolding
from consultations.standards import actions
from consultations.standards.forms.pledges import proposed
from consultations.standards.models import Pledge
from tests import build
from tests.build import TODAY

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 24)
STATEMENTS = {
    "serve": build.text("sanggup melayani sesuai standar"),
    "improve": build.text("akan terus memperbaiki pelayanan"),
    "answer_for": build.text("bersedia menerima sanksi"),
}


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: TODAY)


@pytest.fixture
def revision(agency):
    """In force since the beginning of the year."""
    return in_force(build.a_working_draft(build.a_standard(agency, "layanan")), date(2026, 1, 2))


@pytest.fixture
def post(signatory):
    holding = PostHolding.objects.get(user=signatory)
    PostHolding.objects.filter(pk=holding.pk).update(
        official_name="Dra. Ratna Wulandari, M.Si.", rank="Pembina, IV/a",
        civil_servant_number="197001011995032001",
    )  # fmt: skip
    return holding.post


def in_force(draft, effective_on):
    standard = draft.standard
    actions.publish_revision(actor=None, revision=draft, state="finalised", at=TODAY)
    decree = actions.record_decree(
        actor=None, agency=standard.service.agency, number=f"{draft.number}/2026",
        dated_on=effective_on, at=TODAY,
    )  # fmt: skip
    return actions.adopt_revision(
        actor=None, revision=draft, decree=decree, effective_on=effective_on, at=TODAY
    )


def adopt(actor, revision, post, **changes):
    given = {
        "actor": actor, "revision": revision, "signed_by": post, "place": "Tirtasari",
        "dated_on": ON, "at": TODAY, **STATEMENTS,
    }  # fmt: skip
    return actions.adopt_pledge(**given | changes)


def page_address(revision):
    service = revision.standard.service
    return f"/standards/{service.agency.slug}/{service.slug}/pledge/"


def form_address(revision):
    return page_address(revision).replace("/pledge/", "/keeping/pledge/")


def test_a_pledge_freezes_who_held_the_post_that_day(revision, post, signatory):
    pledge = adopt(signatory, revision, post)
    PostHolding.objects.filter(post=post).update(official_name="Orang lain")

    pledge.refresh_from_db()
    assert (pledge.signed_name, pledge.signed_rank, pledge.civil_servant_number) == (
        "Dra. Ratna Wulandari, M.Si.", "Pembina, IV/a", "197001011995032001",
    )  # fmt: skip
    assert (pledge.revision, pledge.ended_on, pledge.dated_on) == (revision, None, ON)


def test_a_pledge_stands_in_the_record_and_can_be_verified(revision, post, signatory, capsys):
    pledge = adopt(signatory, revision, post)

    entry = newest_entries(revision.standard.log).first()
    assert (entry.seq, entry.type, entry.subject) == (pledge.seq, "pledge.adopted", "revision:1")
    assert data_of(entry)["signed_by"] == post.pk
    assert set(data_of(entry)["digests"]) == {
        f"{name}.{language}" for name in STATEMENTS for language in ("id", "en")
    }
    call_command("verify_record", "--log", "standard:disdukcapil/layanan")
    Pledge.objects.update(serve={"id": "lain"})
    with pytest.raises(SystemExit):
        call_command("verify_record", "--log", "standard:disdukcapil/layanan")


def test_a_new_pledge_ends_the_one_before_it(revision, post, signatory):
    first = adopt(signatory, revision, post, dated_on=date(2026, 3, 1))
    second = adopt(signatory, revision, post)

    first.refresh_from_db()
    assert (first.ended_on, second.ended_on) == (ON, None)
    with pytest.raises(Invalid) as refused:
        adopt(signatory, revision, post, dated_on=date(2026, 2, 1))
    assert "dated_on" in refused.value.errors
    assert Pledge.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"dated_on": ON + timedelta(days=1)}, "dated_on"),
        ({"dated_on": date(2020, 1, 1)}, "signed_by"),  # nobody held the post
        ({"place": " "}, "place"),
        ({"serve": build.text(" ")}, "serve_id"),
        ({"answer_for": build.text("x" * 1_001)}, "answer_for_id"),
        ({"number": "9" * 81}, "number"),
    ],
)
def test_what_is_missing_or_wrong_is_named(revision, post, signatory, changes, field):
    with pytest.raises(Invalid) as refused:
        adopt(signatory, revision, post, **changes)

    assert list(refused.value.errors) == [field]
    assert not Pledge.objects.exists()


def test_only_posts_that_sign_for_the_agency_sign(revision, signatory, drafter, stranger):
    for user in (drafter, stranger):
        other = PostHolding.objects.get(user=user).post
        with pytest.raises(Invalid) as refused:
            adopt(signatory, revision, other)
        assert "signed_by" in refused.value.errors


def test_who_does_not_sign_for_the_agency_cannot(revision, post, drafter, stranger, citizen):
    for actor in (drafter, stranger, citizen):
        with pytest.raises(Denied):
            adopt(actor, revision, post)
    assert not Pledge.objects.exists()


def test_only_what_is_in_force_is_pledged(agency, post, signatory):
    draft = build.a_revision(build.a_standard(agency))

    with pytest.raises(Conflict):
        adopt(signatory, draft, post)


def test_the_form_proposes_the_three_statements_and_signs(
    client, as_user, revision, post, signatory
):
    url = form_address(revision)
    form = as_user(signatory).get(url)
    assert "compensation" in form.content.decode()

    given = proposed() | {
        "signed_by": post.pk, "place": "Tirtasari", "dated_on": "2026-11-24", "number": "",
    }  # fmt: skip
    wrong = client.post(url, given | {"dated_on": "2027-01-01"})
    done = client.post(url, given)

    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.content.decode()
    assert done.status_code == 302
    assert done["Location"] == page_address(revision)
    assert Pledge.objects.get().serve["id"] == proposed()["serve_id"]


def test_the_form_is_for_signatories(client, as_user, revision, drafter):
    assert client.get(form_address(revision)).status_code == 403
    assert as_user(drafter).get(form_address(revision)).status_code == 403


def test_everybody_reads_the_pledge(client, revision, post, signatory):
    assert client.get(page_address(revision)).status_code == 404
    adopt(signatory, revision, post, number="065/12/2026")

    response = client.get("/en" + page_address(revision))
    page = response.content.decode()
    service = client.get(page_address(revision).replace("pledge/", "")).content.decode()

    for said in (
        "sanggup melayani", "memperbaiki pelayanan", "menerima sanksi", "Dra. Ratna Wulandari",
        "Pembina, IV/a", "197001011995032001", "065/12/2026", "24 November 2026", "3 (tiga) hari",
    ):  # fmt: skip
        assert said in page
    assert "no longer in force" not in page
    assert not response.cookies
    assert "sanggup melayani" in service


def test_a_pledge_for_words_that_hold_no_more_says_so(client, revision, post, signatory):
    adopt(signatory, revision, post, dated_on=date(2026, 2, 1))
    in_force(build.a_next_draft(revision), date(2026, 6, 1))

    page = client.get("/en" + page_address(revision)).content.decode()

    assert "This pledge is for revision 1, which is no longer in force." in page
    assert "Revision 2 is in force since" in page


def test_proposed_statements_are_in_the_language_of_their_field():
    with translation.override("en"):
        assert proposed()["improve_en"].startswith("will meet our duties")


def test_a_post_without_a_holder_is_not_offered(client, as_user, revision, signatory, post):
    people.end_holding(
        holding=PostHolding.objects.get(post=post), ends_on=date(2026, 11, 1), at=TODAY
    )
    operator = build.a_user(is_operator=True)

    page = as_user(operator).get("/en" + form_address(revision)).content.decode()

    assert "No post of this agency signs for it." in page
