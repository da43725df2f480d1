"""The pages of decrees: recording one, seeing what it would do, and doing it."""

from datetime import date

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from consultations.standards.models import Change, Decree
from tests import build
from tests.standards.keeping import a_decree, finalised_after, in_force

pytestmark = pytest.mark.django_db


def decrees(agency, decree=None):
    return f"/standards/{agency.slug}/desk/decrees/" + (f"{decree.pk}/" if decree else "")


def choice(*revisions, **more):
    data = {"effective_on": "2027-01-01", "together": "all"} | more
    for number, revision in enumerate(revisions, 1):
        data |= {f"take_{revision.pk}": "on", f"annex_{revision.pk}": str(number)}
    return data


def test_record_a_decree_with_its_signer(as_user, agency, signatory):
    post = signatory.holdings.get().post

    answer = as_user(signatory).post(
        decrees(agency) + "new/",
        {"number": "188/7/2026", "dated_on": "2026-11-02", "title_id": "Standar Pelayanan",
         "signed_by": post.pk},
    )  # fmt: skip

    decree = Decree.objects.get()
    assert answer.headers["Location"] == decrees(agency, decree)
    assert (decree.signed_by, decree.signed_name) == (post, "Ratna Wulandari")
    page = as_user(signatory).get("/en" + decrees(agency)).content.decode()
    assert "188/7/2026" in page
    assert "adopts 0 revisions" in page


def test_a_decree_that_is_refused_says_where(as_user, agency, signatory):
    answer = as_user(signatory).post(
        decrees(agency) + "new/", {"number": "", "dated_on": "gestern", "signed_by": "99999"}
    )

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"number", "dated_on", "title_id", "signed_by"}


def test_preview_then_adopt(as_user, agency, signatory):
    holds = in_force(agency)
    revision = finalised_after(holds)
    decree, client = a_decree(agency, "188/9/2026"), as_user(signatory)
    url = "/en" + decrees(agency, decree)

    preview = client.post(url, choice(revision) | {"step": "preview"}).content.decode()
    revision.refresh_from_db()
    assert revision.state == "finalised"
    assert "Revision 1 ends on 1 Jan 2027." in strip_tags(preview)
    assert "Adopt 1 revision<" in preview

    assert client.post(url, choice(revision) | {"step": "adopt"}).status_code == 302
    revision.refresh_from_db()
    assert (revision.state, revision.decree, revision.annex_number) == ("adopted", decree, "1")
    assert "annex 1" in client.get(url).content.decode()


def test_what_is_not_ready_is_listed_and_the_choice_kept(as_user, agency, signatory):
    ready = build.a_revision(build.a_standard(agency), "finalised")
    lacking = finalised_after(in_force(agency))
    Change.objects.filter(revision=lacking).delete()
    client, url = as_user(signatory), "/en" + decrees(agency, a_decree(agency))

    refused = client.post(url, choice(ready, lacking) | {"step": "adopt"})

    page = refused.content.decode()
    assert refused.status_code == 409
    assert "1 is not ready" in page
    assert "Nobody said why these clauses differ from revision 1: 2.1." in page
    assert page.count("checked") == 3
    data = choice(ready, lacking, together="ready") | {"step": "adopt"}
    assert client.post(url, data).status_code == 302
    ready.refresh_from_db()
    lacking.refresh_from_db()
    assert (ready.state, lacking.state) == ("adopted", "finalised")


def test_nothing_chosen_and_nonsense_are_said_at_the_form(as_user, agency, signatory):
    revision = build.a_revision(build.a_standard(agency), "finalised")
    client, url = as_user(signatory), decrees(agency, a_decree(agency))

    for data in ({}, choice(), choice(revision, effective_on="x"), choice(revision, together="y")):
        answer = client.post(url, data | {"step": "adopt"})
        assert answer.status_code == 422
        assert answer.context["form"].errors
    twice = choice(revision) | {f"annex_{revision.pk}": "x" * 50}
    assert client.post(url, twice).status_code == 422


def test_drafters_look_and_do_not_adopt(as_user, agency, drafter):
    revision = build.a_revision(build.a_standard(agency), "finalised")
    client, decree = as_user(drafter), a_decree(agency)

    page = client.get(decrees(agency, decree))

    assert page.status_code == 200
    assert b"<form" not in page.content.split(b"<main")[1].split(b"</main>")[0]
    assert client.get(decrees(agency) + "new/").status_code == 403
    assert client.post(decrees(agency, decree), choice(revision)).status_code == 403


def test_decree_of_another_agency_is_not_there(as_user, agency, signatory):
    decree = a_decree(build.an_agency())

    assert as_user(signatory).get(decrees(agency, decree)).status_code == 404


def test_decree_of_the_government_adopts_too(as_user):
    government = build.an_agency()
    unit = build.an_agency(parent=government)
    signatory = build.an_official(unit, "signatory")
    revision = build.a_revision(build.a_standard(unit), "finalised")
    decree = a_decree(government)

    data = choice(revision, effective_on=timezone.localdate().isoformat()) | {"step": "adopt"}
    assert as_user(signatory).post(decrees(unit, decree), data).status_code == 302

    revision.refresh_from_db()
    assert revision.decree == decree
    assert revision.effective_on >= date(2026, 1, 1)
