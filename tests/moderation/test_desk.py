"""The desk over HTTP, without a script: filters, selecting, recording, conflicts."""

import pytest
from django.urls import reverse

from consultations.moderation import actions as moderation
from consultations.outcomes.models import Outcome
from consultations.standards.queries import working_draft
from tests import build
from tests.outcomes.recording import NEW, new_words, record


def desk(client, consultation, **query):
    return client.get(reverse("desk", args=[consultation.slug]), query)


def items(response):
    return [item.comment.number for item in response.context["desk"].items.rows]


@pytest.fixture
def comments(consultation):
    return [build.a_comment(consultation, body=f"Masukan nomor{n}.") for n in range(3)]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("moderator", 200),
        ("answering_officer", 200),
        ("drafter", 200),
        ("operator", 200),
        ("signatory", 403),
        ("note_taker", 403),
        ("citizen", 403),
        ("stranger", 403),
    ],
)
def test_the_desk_is_for_its_agencys_staff(request, as_user, consultation, who, status):
    assert desk(as_user(request.getfixturevalue(who)), consultation).status_code == status


def test_a_visitor_is_asked_to_sign_in(client, consultation):
    response = desk(client, consultation)

    assert response.status_code == 403
    assert reverse("account_login") in response.content.decode()


def test_the_desk_begins_with_what_is_unanswered(
    as_user, consultation, comments, moderator, answering_officer
):
    record(answering_officer, consultation, comments[:1])

    response = desk(as_user(moderator), consultation)

    assert items(response) == [2, 3]
    figures = response.context["desk"].figures
    assert (figures.total, figures.unanswered) == (3, 2)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "answered"}, [1]),
        ({"state": "hidden"}, [3]),
        ({"state": "all"}, [1, 2, 3, 4, 5]),
        ({"state": "all", "clause": "1.1"}, [4]),
        ({"state": "all", "clause": "general"}, [5]),
        ({"state": "all", "clause": "9.9"}, []),
        ({"state": "all", "stance": "support"}, [4]),
        ({"state": "all", "q": "masukan nomor1"}, [2]),
        ({"state": "all", "q": "m-0003"}, [3]),
        ({"state": "nonsense"}, [2, 3, 4, 5]),
        ({"state": "all", "after": "3"}, [4, 5]),
    ],
)
def test_filters_stand_in_the_address(
    as_user, consultation, comments, moderator, answering_officer, query, expected
):
    build.a_comment(consultation, label="1.1", stance="support")
    build.a_comment(consultation, wording=None)
    record(answering_officer, consultation, comments[:1])
    moderation.hide(
        actor=moderator, comment=comments[2], rule="insult", note="Kasar.", at=build.TODAY
    )

    assert items(desk(as_user(moderator), consultation, **query)) == expected


def test_appeals_have_a_filter_and_show_the_case(
    as_user, consultation, moderator, other_moderator, citizen
):
    comment = build.a_comment(consultation, citizen, body="Kata-kata asli.")
    build.a_comment(consultation)
    decision = moderation.hide(
        actor=moderator, comment=comment, rule="insult", note="Kasar.", at=build.TODAY
    )
    moderation.file_appeal(
        actor=citizen, decision=decision, reason="Itu tidak kasar.", at=build.TODAY
    )

    response = desk(as_user(other_moderator), consultation, state="appeals")

    assert items(response) == [comment.number]
    page = response.content.decode()
    assert "Itu tidak kasar." in page
    assert "Kata-kata asli." in page
    assert reverse("decide_appeal", args=[consultation.slug, comment.number]) in page


def test_queries_do_not_grow_with_the_comments(
    as_user, consultation, answering_officer, django_assert_num_queries
):
    client = as_user(answering_officer)
    for _each in range(3):
        build.a_comment(consultation)
    desk(client, consultation)
    with django_assert_num_queries(QUERIES):
        desk(client, consultation, state="all")
    for _each in range(12):
        build.a_comment(consultation)

    with django_assert_num_queries(QUERIES):
        assert len(items(desk(client, consultation, state="all"))) == 15


QUERIES = 15


# --- selecting and answering without a script --------------------------------------------------


def test_ticked_comments_open_the_form_with_the_words_of_their_clause(
    as_user, consultation, comments, answering_officer
):
    response = desk(as_user(answering_officer), consultation, select=["1", "3"])

    form = response.context["form"]
    assert form["comments"].value() == "1,3"
    assert form["words.2.1"].value() == build.a_wording(build.draft_of(consultation)).body
    assert [comment.number for comment in response.context["answering"]] == [1, 3]


def test_everything_that_fits_the_filter_can_be_answered_at_once(
    as_user, consultation, comments, answering_officer
):
    build.a_comment(consultation, label="1.1")

    response = desk(as_user(answering_officer), consultation, clause="2.1", all="1")

    assert response.context["form"]["comments"].value() == "1-3"


def test_moderators_see_no_form(as_user, consultation, comments, moderator):
    response = desk(as_user(moderator), consultation, select=["1"])

    assert "form" not in response.context
    assert 'name="select"' not in response.content.decode()


def test_a_proposal_is_taken_over_into_the_words(as_user, consultation, answering_officer):
    comment = build.a_comment(
        consultation,
        body="",
        quote={"exact": "3 (tiga) hari kerja", "prefix": "", "suffix": ""},
        proposed_text="5 (lima) hari kerja",
    )

    response = desk(
        as_user(answering_officer),
        consultation,
        select=[comment.number],
        take=comment.number,
    )

    value = response.context["form"]["words.2.1"].value()
    assert value.startswith("KTP-el diselesaikan paling lama 5 (lima) hari kerja sejak")


def test_another_clause_can_be_opened(as_user, consultation, comments, answering_officer):
    response = desk(as_user(answering_officer), consultation, select=["1"], words="words.3.1")

    assert {"words.2.1", "words.3.1"} <= set(response.context["form"].fields)


def filled(consultation, **changes):
    wording = build.a_wording(build.draft_of(consultation))
    return {
        "comments": "1-3",
        "disposition": "partly",
        "reason": "Titik mulai kami ubah.",
        "words.2.1": NEW,
        "seen.2.1": wording.digest,
    } | changes


def post(client, consultation, **changes):
    return client.post(
        reverse("record_outcome", args=[consultation.slug]), filled(consultation, **changes)
    )


def test_recording_without_a_script(as_user, consultation, comments, answering_officer):
    response = post(
        as_user(answering_officer),
        consultation,
        back="clause=2.1&state=unanswered&next=//evil.example",
    )

    assert response.status_code == 302
    assert response.url == (
        reverse("desk", args=[consultation.slug]) + "?clause=2.1&state=unanswered&recorded=1-3"
    )
    outcome = Outcome.objects.get()
    assert outcome.answers.count() == 3
    draft = working_draft(build.draft_of(consultation).standard)
    assert build.a_wording(draft).body == NEW


def test_a_text_from_a_browser_has_other_line_ends_and_no_change(
    as_user, consultation, comments, answering_officer
):
    same = build.a_wording(build.draft_of(consultation)).body

    post(as_user(answering_officer), consultation, **{"words.2.1": f"{same}\r\n"})

    assert not Outcome.objects.get().changes.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"disposition": ""}, "disposition"),
        ({"disposition": "maybe"}, "disposition"),
        ({"comments": ""}, "comments"),
        ({"comments": "1-x"}, "comments"),
        ({"comments": "1-99999999"}, "comments"),
        ({"words.2.1": ""}, "words.2.1"),
    ],
)
def test_bad_input_comes_back_with_the_text_kept(
    as_user, consultation, comments, answering_officer, changes, field
):
    response = post(as_user(answering_officer), consultation, **changes)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert response.context["form"]["reason"].value() == filled(consultation, **changes)["reason"]
    assert not Outcome.objects.exists()


def test_programs_get_the_fields_as_json(as_user, consultation, comments, answering_officer):
    client = as_user(answering_officer)
    data = filled(consultation, reason="", **{"words.9.9": "Lain."})

    response = client.post(
        reverse("record_outcome", args=[consultation.slug]),
        data,
        headers={"accept": "application/json"},
    )

    assert response.status_code == 422
    assert list(response.json()["errors"]) == ["words.9.9"]


def test_words_of_an_unknown_clause_are_never_dropped_silently(
    as_user, consultation, comments, answering_officer
):
    response = post(as_user(answering_officer), consultation, **{"words.9.9": "Lain."})

    assert response.status_code == 422
    assert not Outcome.objects.exists()


def test_the_preview_records_nothing(as_user, consultation, comments, answering_officer):
    response = post(as_user(answering_officer), consultation, preview="1")

    assert response.status_code == 200
    assert "<ins>" in response.content.decode()
    assert not Outcome.objects.exists()


def test_the_preview_piece_is_the_diff_of_each_box(
    as_user, consultation, comments, answering_officer
):
    response = as_user(answering_officer).post(
        reverse("preview_outcome", args=[consultation.slug]), filled(consultation, reason="")
    )

    page = response.content.decode()
    assert page.count("data-preview-of") == 1
    assert "<ins>" in page
    assert "<html" not in page


def test_the_second_officer_keeps_the_text_and_learns_who_was_first(
    as_user, consultation, comments, answering_officer, agency
):
    record(build.an_official(agency, "answering_officer"), consultation, comments[:1])

    response = post(as_user(answering_officer), consultation)

    assert response.status_code == 409
    page = response.content.decode()
    assert str(comments[0]) in page
    form = response.context["form"]
    assert form["comments"].value() == "2-3"
    assert form["reason"].value() == "Titik mulai kami ubah."

    again = post(as_user(answering_officer), consultation, comments="2-3")

    assert again.status_code == 302


def test_changed_words_come_back_merged_with_all_three_versions(
    as_user, consultation, comments, answering_officer
):
    before = build.a_wording(build.draft_of(consultation))
    theirs = before.body.replace("KTP-el diselesaikan", "KTP-el pertama diselesaikan")
    mine = before.body.replace("dinyatakan tunggal", "diterima")
    other = build.a_comment(consultation)
    record(
        answering_officer,
        consultation,
        [other],
        changes=[new_words(consultation, after=theirs)],
    )

    response = post(as_user(answering_officer), consultation, **{"words.2.1": mine})

    assert response.status_code == 409
    form = response.context["form"]
    both = theirs.replace("dinyatakan tunggal", "diterima")
    assert form["words.2.1"].value() == both
    [box] = [box for box in response.context["boxes"] if box.clash]
    assert (box.clash.base, box.clash.theirs, box.clash.mine) == (before.body, theirs, mine)

    again = post(
        as_user(answering_officer),
        consultation,
        **{"words.2.1": both, "seen.2.1": form["seen.2.1"].value()},
    )

    assert again.status_code == 302
    draft = working_draft(build.draft_of(consultation).standard)
    assert build.a_wording(draft).body == both


def test_words_that_both_changed_are_named(as_user, consultation, comments, answering_officer):
    before = build.a_wording(build.draft_of(consultation)).body
    theirs = before.replace("3 (tiga)", "4 (empat)")
    mine = before.replace("3 (tiga)", "5 (lima)")
    record(
        answering_officer,
        consultation,
        [build.a_comment(consultation)],
        changes=[new_words(consultation, after=theirs)],
    )

    response = post(as_user(answering_officer), consultation, **{"words.2.1": mine})

    [box] = [box for box in response.context["boxes"] if box.clash]
    [region] = box.merge.conflicts
    assert ("4" in region.theirs, "5" in region.mine) == (True, True)
    assert response.context["form"]["words.2.1"].value() == mine


@pytest.mark.parametrize("who", ["moderator", "drafter", "citizen", "stranger"])
def test_others_cannot_record_over_http(request, as_user, consultation, comments, who):
    response = post(as_user(request.getfixturevalue(who)), consultation)

    assert response.status_code == 403
    assert not Outcome.objects.exists()


def test_revising_and_reverting_over_http(as_user, consultation, comments, answering_officer):
    record(answering_officer, consultation, comments)
    client = as_user(answering_officer)
    revise = reverse("revise_outcome", args=[consultation.slug, 1])
    revert = reverse("revert_outcome", args=[consultation.slug, 1])

    assert client.get(revise).context["form"]["comments"].value() == "1-3"
    assert client.post(revise, filled(consultation, comments="1-2")).status_code == 302
    assert Outcome.objects.get(is_current=True).answers.count() == 2
    assert client.get(revert).status_code == 200
    assert Outcome.objects.filter(is_current=True).exists()  # it only asked
    assert client.post(revert).status_code == 302
    assert not Outcome.objects.filter(is_current=True).exists()
