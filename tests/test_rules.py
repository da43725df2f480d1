"""The table of rules: who (role) may do what (rule), and when (state).

A row is `package: rules that say the same`; its cells are `state → who may`. A state is a list of
events (tests/scenes.py) that lead to it, in their order; "" is a consultation that is open, with
one comment that everybody can read. Rules that don't ask who somebody is allow EVERYBODY or NOBODY.
"""

import copy
import importlib
import inspect
from pathlib import Path

import pytest
from django.conf import settings

from consultations.kernel.errors import Refused
from consultations.proceedings.enums import Stage
from consultations.proceedings.queries import visible_to
from consultations.proceedings.rules import can_view
from tests.scenes import OF_AGENCY, STATES, a_scene

EVERYBODY = {
    *OF_AGENCY,
    "visitor",
    "citizen",
    "author",  # of the comment, a citizen
    "invited",  # to the consultation, a citizen
    "decider",  # the moderator who hid the comment
    "coordinator",  # of the government above the agency
    "auditor",  # of the government above the agency
    "operator",
    "stranger",  # every role of an agency, in another one
    "suspended",  # every role in this agency, and suspended
}
NOBODY = set()
SIGNED_IN = EVERYBODY - {"visitor", "suspended"}
HELPING = {"coordinator", "operator"}
STAFF = {*OF_AGENCY, "decider"} | HELPING
INSIDE = STAFF | {"auditor"}
MODERATING = {"moderator", "decider"} | HELPING
ENTERING = {"note_taker"} | MODERATING
ANSWERING = {"answering_officer"} | HELPING
DRAFTING = {"drafter", "approver", "administrator"} | HELPING
CONCLUDING = {"answering_officer", "approver", "administrator"} | HELPING
ADOPTING = {"signatory", "approver", "administrator", "operator"}  # not in the agency's name
ADMINISTERING = {"administrator", "operator"}
DESK = {"drafter", "answering_officer", "auditor"} | MODERATING


# --- the table --------------------------------------------------------------------------------

OF_ROLES = {"role of the agency": ADMINISTERING, "coordinator's role": {"operator"}}
DRAFT_CHANGES = {
    "": DRAFTING | ANSWERING,
    "changed for outcome": DRAFTING | ANSWERING,
    "changed for editorial": DRAFTING,
    "changed for law": DRAFTING,
    "changed for as_published": DRAFTING,
}


def under_way(who, state="") -> dict:
    """Allowed while a consultation is open or being answered, neither before nor after."""
    before = f"{state}, " if state else ""
    return {
        state: who,
        f"{before}preparing": NOBODY,
        f"{before}open": who,
        f"{before}closed": who,
        f"{before}concluded": NOBODY,
    }


def in_every_stage(who) -> dict:
    return {str(value): who for value in Stage}


TABLE = {
    # people
    "people: is_operator, check_operate": {"": {"operator"}},
    "people: can_see_inside": {"": INSIDE},
    "people: can_administer, check_administer": {"": ADMINISTERING},
    "people: can_grant, check_grant": OF_ROLES | {"auditor's role": {"operator"}},
    "people: can_reach, check_reach": {"": {"author"}},
    "people: can_erase": {"": {"author", "operator"}, "holds a post": {"author", "operator"}},
    "people: check_erase": {"": {"author", "operator"}, "holds a post": NOBODY},
    # standards
    "standards: can_see_drafts, check_see_drafts": {"": INSIDE},
    "standards: can_edit, check_edit": {"": DRAFTING},
    "standards: can_draft, check_draft": DRAFT_CHANGES,
    "standards: can_publish, check_publish": {"": DRAFTING},
    "standards: can_adopt, check_adopt": {"": ADOPTING},
    "standards: can_see_agency_desk, check_see_agency_desk": {"": DRAFTING | ADOPTING},
    "standards: can_review, check_review": {"": DRAFTING},
    "standards: can_withdraw, check_withdraw": {
        "": DRAFTING,  # the draft that is consulted on
        "revision finalised": ADOPTING,
        "revision adopted": ADOPTING,
    },
    "standards: can_import, check_import": {"": DRAFTING},
    "standards: can_pledge, check_pledge": {"": {"signatory", "operator"}},
    "standards: can_keep, check_keep": {"": DRAFTING},
    # proceedings
    "proceedings: can_view": in_every_stage(EVERYBODY) | {"preparing": INSIDE},
    "proceedings: is_staff": in_every_stage(INSIDE),
    "proceedings: can_prepare, check_prepare": in_every_stage(DRAFTING),
    "proceedings: can_conclude, check_conclude": in_every_stage(CONCLUDING),
    "proceedings: can_enter, check_enter": in_every_stage(ENTERING),
    "proceedings: can_comment": in_every_stage(NOBODY)
    | {"open": SIGNED_IN, "open, past the last moment": NOBODY},
    "proceedings: takes_comments": in_every_stage(NOBODY)
    | {"open": EVERYBODY, "open, past the last moment": NOBODY},
    "proceedings: check_takes_comments": in_every_stage(NOBODY)
    | {"open": EVERYBODY, "open, past the last moment": NOBODY}
    | {f"{value}, from the hall": NOBODY for value in Stage}
    | {"open, from the hall": EVERYBODY, "closed, from the hall": EVERYBODY}
    | {"closed, from the hall, past the last moment": NOBODY},
    "proceedings: check_stage": {
        f"{now}, to be {then}": EVERYBODY
        if (now, then) in {("preparing", "open"), ("open", "closed"), ("closed", "concluded")}
        else NOBODY
        for now in Stage
        for then in Stage
    },
    # live
    "live: check_after": {"": EVERYBODY, "newer than the head": NOBODY},
    # threads
    "threads: check_wording": {
        "": EVERYBODY,
        "on no words": NOBODY,
        "elsewhere": NOBODY,
        "next round": NOBODY,
    },
    "threads: check_parent": {
        "": EVERYBODY,
        "to a reply": EVERYBODY,
        "to a reply to a reply": NOBODY,
        "to nothing": NOBODY,
        "on another clause": NOBODY,
        "hidden": NOBODY,
    },
    # meetings
    "meetings: can_run": in_every_stage(ENTERING),
    "meetings: check_run": under_way(ENTERING),
    "meetings: check_turn": {
        "session planned, to open the session": EVERYBODY,
        "session planned, to close the session": NOBODY,
        "session open, to open the session": NOBODY,
        "session open, to close the session": EVERYBODY,
        "session closed, to open the session": NOBODY,
        "session closed, to close the session": NOBODY,
    },
    "meetings: check_open": {
        "session planned": NOBODY,
        "session open": EVERYBODY,
        "session closed": NOBODY,
    },
    # outcomes
    "outcomes: can_answer": in_every_stage(ANSWERING),
    "outcomes: can_record, check_record": under_way(ANSWERING),
    "outcomes: can_view_outcome": {"answered": EVERYBODY, "answered, hidden": INSIDE | {"author"}},
    "outcomes: check_current": {
        "answered": EVERYBODY,
        "answered, answer revised": NOBODY,
        "answered, answer reverted": NOBODY,
    },
    "outcomes: check_comments": {
        "": EVERYBODY,
        "hidden": EVERYBODY,
        "withdrawn": NOBODY,
        "elsewhere": NOBODY,
        "nothing selected": NOBODY,
        "one is missing": NOBODY,
        "answered": NOBODY,
        "answered, revising the answer": EVERYBODY,
        "by the moderator": NOBODY,
    },
    # moderation
    "moderation: can_see_desk, check_see_desk": in_every_stage(DESK),
    "moderation: can_see_gates, check_see_gates": in_every_stage(DESK | {"approver", "signatory"}),
    "moderation: can_moderate": in_every_stage(MODERATING),
    "moderation: check_moderate": under_way(MODERATING),
    "moderation: check_hide": under_way(MODERATING)
    | {"by the moderator": MODERATING, "hidden": NOBODY, "withdrawn": NOBODY},
    "moderation: check_undo": under_way(MODERATING, "hidden")
    | {"by the moderator, hidden": MODERATING - {"moderator"}},
    "moderation: is_author": {"": {"author"}, "by the moderator": {"moderator"}},
    "moderation: can_appeal, check_appeal": under_way({"author"}, "hidden")
    | {
        "by the moderator, hidden": {"moderator"},
        "hidden, shown again": NOBODY,
        "hidden, appealed": NOBODY,
        "hidden, after the time to appeal": NOBODY,
    },
    "moderation: check_decide_appeal": under_way(MODERATING - {"decider"}, "hidden, appealed")
    | {
        "by the moderator, hidden, appealed": MODERATING - {"decider", "moderator"},
        "hidden, appealed, decided": NOBODY,
        "hidden, appealed, shown again": NOBODY,
    },
}


def rules_modules() -> list:
    folder = Path(settings.BASE_DIR, "consultations")
    names = sorted(path.parent.name for path in folder.glob("*/rules.py"))
    return [importlib.import_module(f"consultations.{name}.rules") for name in names]


def rows():
    for row, states in TABLE.items():
        package, names = row.split(": ")
        for name in names.split(", "):
            module = importlib.import_module(f"consultations.{package}.rules")
            yield f"{package}.{name}", getattr(module, name), states


@pytest.fixture(scope="module")
def first_scene(module_db):
    return a_scene()


@pytest.fixture
def scene(first_scene, db):
    """As it was made, whatever other tests did with theirs."""
    return copy.deepcopy(first_scene)


CELLS = [
    pytest.param(rule, state, who, id=f"{name}[{state}]")
    for name, rule, states in rows()
    for state, who in states.items()
]


def allows(rule, scene, user) -> bool:
    """Whether the rule says yes, or doesn't refuse."""
    known = vars(scene) | {"user": user, "actor": user}
    parameters = inspect.signature(rule).parameters.values()
    positional = [known[p.name] for p in parameters if p.kind is not p.KEYWORD_ONLY]
    named = {p.name: known[p.name] for p in parameters if p.kind is p.KEYWORD_ONLY}
    try:
        return rule(*positional, **named) is not False
    except Refused:
        return False


@pytest.mark.parametrize(("rule", "state", "who"), CELLS)
def test_the_table(scene, rule, state, who):
    for event in filter(None, state.split(", ")):
        STATES[event](scene)

    may = {name for name, user in scene.users.items() if allows(rule, scene, user)}

    assert may == who


@pytest.mark.parametrize("value", Stage)
def test_can_view_and_visible_to_agree(scene, value):
    STATES[value](scene)

    seen = {
        name: visible_to(user, on=scene.on).filter(pk=scene.consultation.pk).exists()
        for name, user in scene.users.items()
    }

    assert seen == {
        name: can_view(user, scene.consultation, on=scene.on) for name, user in scene.users.items()
    }


def test_every_rule_stands_in_the_table():
    written = {
        f"{module.__name__.split('.')[1]}.{name}"
        for module in rules_modules()
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and name.startswith(("can_", "check_"))
    }

    assert written - {name for name, _rule, _states in rows()} == set()


def test_the_scene_has_everybody_and_every_state_is_used(scene):
    used = {event for states in TABLE.values() for state in states for event in state.split(", ")}

    assert set(scene.users) == EVERYBODY
    assert set(STATES) - used == set()
