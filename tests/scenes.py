"""Scenes for the table of rules: one person per role, and the events that lead to each state."""

from datetime import date, timedelta
from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser

from consultations.moderation import actions as moderation
from consultations.people import actions as people
from consultations.people.enums import Role
from consultations.people.queries import day_in
from consultations.proceedings.actions import join, replace_draft
from consultations.proceedings.enums import Source, Stage
from consultations.standards.enums import ReasonKind
from consultations.threads.enums import CommentState
from consultations.threads.queries.posting import parent_row, seen_words
from tests import build
from tests.build import TODAY
from tests.outcomes.recording import record, revise

OF_AGENCY = (
    "drafter",
    "note_taker",
    "moderator",
    "answering_officer",
    "approver",
    "signatory",
    "administrator",
)


def cast(agency, government) -> dict:
    """One person per role."""
    every_role = set(Role) - {Role.COORDINATOR, Role.AUDITOR}
    until = date(2026, 12, 31)
    users = {role: build.an_official(agency, role) for role in OF_AGENCY}
    users |= {name: build.a_user() for name in ("citizen", "author", "invited")}
    users |= {
        "visitor": AnonymousUser(),
        "decider": build.an_official(agency, Role.MODERATOR),
        "coordinator": build.an_official(government, Role.COORDINATOR),
        "auditor": build.an_official(government, Role.AUDITOR, until=until),
        "operator": build.a_user(is_operator=True),
        "stranger": build.an_official(build.an_agency(), *every_role),
        "suspended": build.an_official(agency, *every_role),
    }
    people.suspend(actor=None, user=users["suspended"], at=TODAY)
    return users


def a_scene() -> SimpleNamespace:
    """Everything that a rule may ask for, by the name of its parameter."""
    government = build.an_agency()
    agency = build.an_agency(parent=government)
    users = cast(agency, government)
    consultation = build.a_consultation(agency)
    join(user=users["invited"], consultation=consultation, is_invited=True, at=TODAY)
    comment = build.a_comment(consultation, users["author"])
    return SimpleNamespace(
        users=users,
        agency=agency,
        consultation=consultation,
        comment=comment,
        person=users["author"],
        revision=build.draft_of(consultation),
        reason_kind="",
        source=Source.ONLINE,
        occurred_at=TODAY,
        seen=seen_words(comment.wording_id),
        parent=parent_row(consultation, comment.number),
        found=[comment],
        asked=1,
        revising=None,
        log=consultation.log,
        after=0,
        at=TODAY,
        on=day_in(agency, TODAY),
    )


def stage(value):
    def enter(scene):
        scene.consultation.stage = value
        scene.consultation.save()

    return enter


def given(**values):
    def set_values(scene):
        vars(scene).update(values)

    return set_values


def changed_for(kind):
    return given(reason_kind=kind)


def past_the_last_moment(scene):
    scene.at = scene.occurred_at = scene.consultation.closes_at + timedelta(seconds=1)


def next_round(scene):
    """The draft that the comment stands on is replaced."""
    build.a_next_draft(scene.revision)
    draft = scene.consultation.drafts.get(replaced_by=None)
    replace_draft(actor=None, draft=draft, at=TODAY)
    scene.seen = seen_words(scene.comment.wording_id)


def elsewhere(scene):
    """The rule is asked about another consultation of the agency."""
    scene.consultation = build.a_consultation(scene.agency)


def on_another_clause(scene):
    wording = build.a_wording(scene.revision, "1.1")
    scene.seen = seen_words(wording.pk)


def under(levels):
    """The comment replied to is a reply itself, this deep."""

    def reply(scene):
        above = scene.comment
        for _level in range(levels):
            above = build.a_comment(scene.consultation, parent=above.number)
        scene.parent = parent_row(scene.consultation, above.number)

    return reply


def by_the_moderator(scene):
    """The comment is the moderator's own."""
    scene.comment = build.a_comment(scene.consultation, scene.users["moderator"])
    scene.found = [scene.comment]


def hidden(scene):
    scene.decision = moderation.hide(
        actor=scene.users["decider"],
        comment=scene.comment,
        rule="insult",
        note="Menghina petugas.",
        at=TODAY,
    )
    scene.parent = parent_row(scene.consultation, scene.comment.number)


def shown_again(scene):
    moderation.undo_hiding(actor=scene.users["decider"], comment=scene.comment, at=TODAY)
    scene.decision.refresh_from_db()
    scene.comment.refresh_from_db()


def appealed(scene):
    scene.appeal = moderation.file_appeal(
        actor=scene.comment.participant.user, decision=scene.decision, reason="Keliru.", at=TODAY
    )


def decided(scene):
    moderation.decide_appeal(
        actor=scene.users["operator"],
        appeal=scene.appeal,
        result="upheld",
        answer="Tetap.",
        at=TODAY,
    )


def after_the_time_to_appeal(scene):
    scene.at = scene.decision.appeal_until + timedelta(seconds=1)


def withdrawn(scene):
    scene.comment.state = CommentState.WITHDRAWN


def answered(scene):
    scene.outcome = record(
        scene.users["answering_officer"], scene.consultation, [scene.comment], at=TODAY
    )


def answer_revised(scene):
    revise(scene.users["answering_officer"], scene.outcome, [scene.comment])
    scene.outcome.refresh_from_db()


def revising_the_answer(scene):
    scene.revising = scene.outcome.number


def answer_reverted(scene):
    scene.outcome.reverted_at = TODAY


def session(*turns):
    """A session in the state that these turns lead to."""

    def hold(scene):
        scene.meeting = build.a_meeting(scene.consultation, scene.users["moderator"], is_open=False)
        for turn in turns:
            scene.meeting.state = turn

    return hold


def revision_is(state):
    def enter(scene):
        scene.revision.state = state

    return enter


def holds_a_post(scene):
    post = people.create_post(actor=None, agency=scene.agency, title=build.text("Staf"), at=TODAY)
    people.appoint(
        actor=None,
        post=post,
        user=scene.person,
        official_name="Penulis",
        starts_on=date(2026, 1, 1),
        at=TODAY,
    )


STATES = {
    **{str(value): stage(value) for value in Stage},
    **{f"to be {value}": given(stage=value) for value in Stage},
    **{f"changed for {kind}": changed_for(kind) for kind in ReasonKind},
    "past the last moment": past_the_last_moment,
    "from the hall": given(source=Source.HALL),
    "next round": next_round,
    "elsewhere": elsewhere,
    "on no words": given(seen=None),
    "on another clause": on_another_clause,
    "to nothing": given(parent=None),
    "to a reply": under(1),
    "to a reply to a reply": under(2),
    "by the moderator": by_the_moderator,
    "hidden": hidden,
    "shown again": shown_again,
    "appealed": appealed,
    "decided": decided,
    "after the time to appeal": after_the_time_to_appeal,
    "withdrawn": withdrawn,
    "nothing selected": given(found=[], asked=0),
    "one is missing": given(asked=2),
    "answered": answered,
    "answer revised": answer_revised,
    "answer reverted": answer_reverted,
    "revising the answer": revising_the_answer,
    "revision finalised": revision_is("finalised"),
    "revision adopted": revision_is("adopted"),
    "session planned": session("planned"),
    "session open": session("planned", "open"),
    "session closed": session("planned", "open", "closed"),
    "to open the session": given(state="open"),
    "to close the session": given(state="closed"),
    "role of the agency": given(role=Role.MODERATOR),
    "coordinator's role": given(role=Role.COORDINATOR),
    "auditor's role": given(role=Role.AUDITOR),
    "holds a post": holds_a_post,
    "newer than the head": given(after=1_000),
}
