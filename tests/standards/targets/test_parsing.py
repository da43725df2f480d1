"""Strict reading: what is wrong is named by its place, and what is right stays as it is."""

import json
from copy import deepcopy

import pytest
from hypothesis import given

from consultations.kernel.errors import Invalid
from consultations.standards import targets
from tests.standards.targets.examples import (
    TARGETS,
    UU_25,
    channel,
    channels,
    citations,
    document,
    documents,
    fee,
    fees,
    hours,
    product,
    time,
)


@given(TARGETS)
def test_dump_of_parse_is_the_identity(stored):
    before = json.dumps(stored)

    dumped = targets.parse(stored).dump()

    assert json.dumps(dumped, sort_keys=True) == json.dumps(json.loads(before), sort_keys=True)
    assert targets.parse(dumped) == targets.parse(stored)
    assert json.dumps(stored) == before


@given(TARGETS, TARGETS)
def test_any_two_targets_can_be_compared_and_said(one, other):
    same = targets.parse(one).compare(targets.parse(deepcopy(one)), "id")
    changed = targets.compare_stored(one, other, "en")

    assert (same.direction, same.sentence, same.differences) == ("same", "", ())
    assert bool(changed.sentence) == (targets.parse(one) != targets.parse(other))
    assert all(each.sentence and each.for_you for each in changed.differences)


@pytest.mark.parametrize(
    "old",
    [
        {"kind": "time", "value": 3, "unit": "working_days"},
        {"kind": "time", "value": 3.0, "unit": "days"},
        {"kind": "fee", "value": 0, "unit": "IDR"},
        {"kind": "availability", "value": 40, "unit": "hours_per_week"},
    ],
)
def test_targets_of_the_first_format_are_kept_to_the_letter(old):
    assert json.dumps(targets.parse(old).dump()) == json.dumps(old)


WRONG = [
    ([], "target"),
    ({}, "target.kind"),
    ({"kind": "price", "value": 1}, "target.kind"),
    (fee(0) | {"extra": 1}, "target.extra"),
    (fee("0"), "target.value"),
    (fee(-1), "target.value"),
    (fee(float("nan")), "target.value"),
    (fee(float("inf")), "target.value"),
    (fee(10**400), "target.value"),
    (fee(True), "target.value"),
    (fee(5, "rupiah"), "target.unit"),
    (fee(5, "idr"), "target.unit"),
    ({"kind": "fee", "value": 5}, "target.unit"),
    (fees(), "target.rows"),
    (fees(("SIM", "x")), "target.rows[0].value"),
    ({"kind": "fee", "unit": "IDR", "rows": [{"value": 1}]}, "target.rows[0].for"),
    (fees(("SIM", 1)) | {"value": 1}, "target.value"),
    (time(3, "weeks"), "target.unit"),
    (time(3, up_to=2), "target.up_to"),
    (time(3, up_to=3), "target.up_to"),
    (time(3, up_to=4, bound="at_most"), "target.bound"),
    (time(3, bound="below"), "target.bound"),
    ({"kind": "time", "unit": "days"}, "target.value"),
    ({"kind": "time", "on_the_spot": True, "unit": "days"}, "target.unit"),
    ({"kind": "time", "on_the_spot": "ya"}, "target.on_the_spot"),
    (time(3, **{"from": {"en": "receipt"}}), "target.from"),
    (time(3, **{"from": "berkas lengkap"}), "target.from"),
    (documents(), "target.rows"),
    (documents(document("KK"), document("", form="copy")), "target.rows[1].name.id"),
    (documents(document("KK", form="scan")), "target.rows[0].form"),
    (documents(document("KK", count=0)), "target.rows[0].count"),
    (documents(document("KK", count=1.5)), "target.rows[0].count"),
    (documents(document("KK", condition={})), "target.rows[0].condition"),
    (documents(*[document("KK")] * 101), "target.rows"),
    (hours("mon 08:00-15:00", zone="WITA"), "target.time_zone"),
    (hours("mon 15:00-08:00"), "target.rows[0].closes"),
    (hours("mon 8.00-15:00"), "target.rows[0].opens"),
    (hours("mon-fri 08:00-12:00", "fri 11:00-13:00"), "target.rows[1].opens"),
    (hours("mon 08:00-12:00", "08:00-12:00"), "target.rows[1].days"),
    (hours("mon 08:00-15:00", closed=["mon"]), "target.closed"),
    (hours("mon 08:00-15:00", closed=["senin"]), "target.closed[0]"),
    (hours("mon 08:00-15:00", closed=["sun", "sun"]), "target.closed[1]"),
    (hours(), "target.rows"),
    (channels(), "target.rows"),
    (channels(channel("fax", "1")), "target.rows[0].channel"),
    (channels(channel("counter"), channel("phone")), "target.rows[1].address"),
    (
        channels(channel("lapor") | {"answered_within": {"value": 2}}),
        "target.rows[0].answered_within.unit",
    ),
    ({"kind": "staff"}, "target.value"),
    ({"kind": "staff", "value": 2.5}, "target.value"),
    (
        {"kind": "staff", "value": 1, "rows": [{"role": {"id": "Petugas"}, "value": 2}]},
        "target.value",
    ),
    (product("KTP-el", formats="card"), "target.formats"),
    (product("KTP-el", formats=["card", {}]), "target.formats[1]"),
    (product("KTP-el", valid_for={"unit": "years"}), "target.valid_for.value"),
    (product("KTP-el", valid_for={"unit": "life", "value": 3}), "target.valid_for.value"),
    (product("KTP-el", valid_for={"unit": "weeks"}), "target.valid_for.unit"),
    (citations(), "target.rows"),
    (citations(UU_25 | {"kind": ""}), "target.rows[0].kind"),
    (citations(UU_25 | {"year": "2009"}), "target.rows[0].year"),
    ({"kind": "availability", "value": 101, "unit": "percent"}, "target.value"),
    ({"kind": "availability", "value": 1, "unit": "days"}, "target.unit"),
]


@pytest.mark.parametrize(("stored", "place"), WRONG, ids=lambda each: str(each)[:60])
def test_what_is_wrong_is_refused_by_its_place(stored, place):
    with pytest.raises(Invalid) as refusal:
        targets.parse(stored)

    assert list(refusal.value.errors) == [place]
    assert targets.read(stored if isinstance(stored, dict) else {"kind": stored}) is None


def test_texts_are_cleaned_before_they_are_stored():
    cleaned = targets.check({"kind": "product", "name": {"id": " Kartu\r\n"}})

    assert cleaned == {"kind": "product", "name": {"id": "Kartu"}}
    assert targets.check(None) is None
