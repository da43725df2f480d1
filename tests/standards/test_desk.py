"""An agency's desk for standards: what waits, for whom it is, and what is done next."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from consultations.people.enums import Role
from consultations.standards import actions
from consultations.standards.models import (
    ExternalRegister,
    Pledge,
    Publication,
    Registration,
    Standard,
)
from consultations.standards.queries.desk import Wait, desk_list
from tests import build
from tests.build import TODAY
from tests.standards.drafts import insert
from tests.standards.keeping import DAY, NEW_YEAR, adopt, finalised_after, in_force

pytestmark = pytest.mark.django_db
BEFORE = date(2026, 6, 1)


def desk(agency):
    return f"/standards/{agency.slug}/desk/"


def waits(agency, on=BEFORE):
    return {row.standard.pk: list(row.waits) for row in desk_list(agency, on=on).rows}


def publish_somewhere(revision):
    Publication.objects.create(
        standard=revision.standard, revision=revision, medium="website", place="Situs",
        published_on=DAY, recorded_at=TODAY,
    )  # fmt: skip


def pledge(revision, signatory):
    return Pledge.objects.create(
        standard=revision.standard, revision=revision, serve=build.text("a"),
        improve=build.text("b"), answer_for=build.text("c"), place="Tirtasari", dated_on=DAY,
        signed_by=signatory.holdings.get().post, signed_name="Ratna", adopted_at=TODAY, seq=1,
    )  # fmt: skip


def test_each_service_with_what_it_waits_for(agency, signatory):
    empty = build.a_standard(agency)
    new = build.a_working_draft(build.a_standard(agency)).standard
    final = build.a_revision(build.a_standard(agency), "finalised").standard
    coming = adopt(build.a_revision(build.a_standard(agency), "finalised"), NEW_YEAR).standard
    bare = in_force(agency)
    kept = in_force(agency)
    publish_somewhere(kept)
    pledge(kept, signatory)

    assert waits(agency) == {
        empty.pk: [Wait.NOTHING],
        new.pk: [Wait.DRAFT, Wait.NOTHING],
        final.pk: [Wait.DECREE, Wait.NOTHING],
        coming.pk: [],
        bare.standard.pk: [Wait.PLEDGE, Wait.PUBLICATION],
        kept.standard.pk: [],
    }


def test_what_is_of_an_older_revision_waits_again(agency, signatory):
    old = in_force(agency)
    publish_somewhere(old)
    pledge(old, signatory)
    register = ExternalRegister.objects.create(key="sippn", name=build.text("SIPPN"))
    Registration.objects.create(
        standard=old.standard, register=register, external_id="1", revision=old, recorded_on=DAY
    )
    adopt(finalised_after(old), DAY)

    assert waits(agency, DAY) == {old.standard.pk: [Wait.PLEDGE, Wait.PUBLICATION, Wait.REGISTER]}


def test_a_review_waits_from_sixty_days_before(agency):
    standard = in_force(agency).standard

    assert Wait.REVIEW not in waits(agency, date(2026, 11, 1))[standard.pk]
    assert Wait.REVIEW in waits(agency, date(2026, 11, 2))[standard.pk]
    assert Wait.REVIEW in waits(agency, date(2027, 6, 1))[standard.pk]


def test_a_draft_says_how_far_it_is_and_who_touched_it(agency, drafter):
    standard = build.a_standard(agency)
    draft = actions.start_working_draft(actor=drafter, standard=standard, based_on=None, at=TODAY)

    def row():
        return desk_list(agency, on=DAY).rows[0].draft

    assert (row().filled, row().components, row().last) == (0, 3, None)
    insert(draft, 2, "Paling lama 3 (tiga) hari kerja.", actor=drafter)
    insert(draft, 2, "Dihitung sejak berkas lengkap.", actor=drafter)
    assert (row().filled, row().components, row().last.made_by) == (1, 3, drafter)


def test_the_page_in_words(as_user, agency, drafter):
    build.a_next_draft(in_force(agency, date(2025, 1, 1)))

    html = as_user(drafter).get("/en" + desk(agency)).content.decode()

    page = strip_tags(html)
    assert "Revision 1, in force since 1 Jan 2025" in page
    assert "Working draft 2: 3 of 3 components" in page
    assert "Review overdue since 1 Jan 2026" in page
    assert f'href="/en{desk(agency)}new/"' in html


def test_filters_are_in_the_address(as_user, agency, drafter):
    build.a_revision(build.a_standard(agency, "paspor"), "finalised")
    build.a_standard(agency, "visa")
    client = as_user(drafter)

    def shown(**query):
        page = client.get("/en" + desk(agency), query).content.decode()
        return {slug for slug in ("paspor", "visa") if f"Layanan {slug}" in page}

    assert shown() == {"paspor", "visa"}
    assert shown(waits="decree") == {"paspor"}
    assert shown(q="VISA") == {"visa"}
    assert shown(q="visa", waits="decree") == set()
    assert shown(waits="nonsense", page="x") == {"paspor", "visa"}


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.DRAFTER, 200),
        (Role.APPROVER, 200),
        (Role.SIGNATORY, 200),
        (Role.ADMINISTRATOR, 200),
        (Role.MODERATOR, 403),
        (Role.NOTE_TAKER, 403),
        (Role.ANSWERING_OFFICER, 403),
    ],
)
def test_whose_desk_it_is(as_user, agency, role, status):
    assert as_user(build.an_official(agency, role)).get(desk(agency)).status_code == status


def test_others_are_refused(client, as_user, agency, citizen, stranger):
    assert client.get(desk(agency)).status_code == 403
    for user in (citizen, stranger):
        for page in ("", "new/", "decrees/", "decrees/new/", "reviews/", "acts/"):
            assert as_user(user).get(desk(agency) + page).status_code == 403
    assert client.get("/standards/nowhere/desk/").status_code == 404


def test_as_many_queries_for_many_services_as_for_few(as_user, agency, drafter):
    client = as_user(drafter)

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(desk(agency))
        return len(found)

    def add():
        in_force(agency)
        build.a_next_draft(in_force(agency))
        build.a_revision(build.a_standard(agency), "finalised")

    add()
    queries()  # fills what is kept for all
    few = queries()
    for _n in range(4):
        add()
    assert queries() == few


def test_a_new_service(as_user, agency, drafter):
    client, component_set = as_user(drafter), build.a_component_set()

    answer = client.post(
        desk(agency) + "new/",
        {"name_id": "Penerbitan KIA Baru", "name_en": "", "slug": "", "sector": "Kependudukan",
         "kind": "administrative"},
    )  # fmt: skip

    standard = Standard.objects.get(service__agency=agency)
    assert answer.status_code == 302
    assert (standard.service.slug, standard.component_set) == ("penerbitan-kia-baru", component_set)
    assert standard.service.name == {"id": "Penerbitan KIA Baru"}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name_id": ""}, "name_id"),
        ({"slug": "desk"}, "slug"),
        ({"slug": "ada"}, "slug"),
        ({"slug": "a b"}, "slug"),
        ({"name_id": "出生"}, "slug"),
        ({"kind": "magic"}, "kind"),
    ],
)
def test_a_new_service_that_is_refused_keeps_what_was_typed(
    as_user, agency, drafter, changed, field
):
    build.a_standard(agency, "ada")
    data = {"name_id": "Layanan Anak", "sector": "Anak", "kind": "administrative"} | changed

    answer = as_user(drafter).post(desk(agency) + "new/", data)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert 'value="Anak"' in answer.content.decode()
    assert agency.services.count() == 1


def test_months_between_reviews(as_user, agency, drafter):
    standard = in_force(agency).standard
    administrator = build.an_official(agency, Role.ADMINISTRATOR)

    assert as_user(drafter).get(desk(agency) + "reviews/").status_code == 403
    client = as_user(administrator)
    assert client.post(desk(agency) + "reviews/", {"months": "99"}).status_code == 422
    assert client.post(desk(agency) + "reviews/", {"months": "6"}).status_code == 302

    standard.refresh_from_db()
    assert standard.review_due_on == date(2026, 7, 1)
