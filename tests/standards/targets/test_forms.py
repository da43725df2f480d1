"""Proper fields for each kind; what they give is the JSON that the format documents."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings

from consultations.standards import targets
from consultations.standards.targets.forms import FORMS, form_for
from tests.standards.targets.examples import (
    TARGETS,
    channel,
    channels,
    document,
    documents,
    fee,
    hours,
    product,
    time,
)


@pytest.fixture(autouse=True)
def in_indonesian():
    """Numbers are typed as the language writes them."""
    with override("id"):
        yield


def posted(form) -> QueryDict:
    """What a browser sends when nobody changes anything in the form that it was given."""
    data = QueryDict(mutable=True)
    for each in [form, *([form.rows.management_form, *form.rows] if form.rows else [])]:
        for bound in each:
            value = bound.field.prepare_value(bound.value()) if bound.value() is not None else ""
            if isinstance(value, list | tuple):
                data.setlist(bound.html_name, value)
            elif value is True:
                data[bound.html_name] = "on"
            elif value is not None and value is not False and value != "":
                shown = bound.field.widget.format_value(value)
                data[bound.html_name] = shown[0] if isinstance(shown, list) else shown
    return data


def test_each_kind_has_a_form():
    assert set(FORMS) == {kind for kind, _class in targets.kinds.items()}


@pytest.mark.parametrize("language", ["id", "en"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TARGETS)
def test_what_a_form_is_given_comes_back(language, stored):
    with override(language):
        form = form_for(
            stored["kind"], posted(form_for(stored["kind"], initial=stored)), initial=stored
        )

        assert form.is_valid(), (form.errors, form.rows and form.rows.errors)
    assert targets.parse(form.target) == targets.parse(stored)


def data_of(*rows: dict, **fields) -> dict:
    data = {f"target-{name}": value for name, value in fields.items()}
    data |= {"target-rows-TOTAL_FORMS": str(len(rows)), "target-rows-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        data |= {f"target-rows-{number}-{name}": value for name, value in row.items()}
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


FILLED = [
    (
        "time",
        data_of(value="3", up_to="4", unit="working_days", from_id="berkas lengkap"),
        time(3, up_to=4, **{"from": {"id": "berkas lengkap"}}),
    ),
    ("time", data_of(on_the_spot="on", unit="days"), {"kind": "time", "on_the_spot": True}),
    ("fee", data_of(charge="free", value="5", unit="IDR"), fee(0)),
    ("fee", data_of(charge="fixed", value="120.000", unit="idr"), fee(120_000)),
    (
        "fee",
        data_of(
            {"for_id": "SIM A", "value": "120.000,50"}, {}, charge="table", value="7", unit="IDR"
        ),
        {"kind": "fee", "rows": [{"for": {"id": "SIM A"}, "value": 120_000.5}], "unit": "IDR"},
    ),
    (
        "requirements",
        data_of(
            {"name_id": "KK", "name_en": "Family card", "form": "copy", "count": "2"},
            {"name_id": "Paspor", "DELETE": "on"},
            {"name_id": "Surat kehilangan", "condition_id": "bila hilang"},
        ),
        documents(
            document("KK", "Family card", form="copy", count=2),
            {"name": {"id": "Surat kehilangan"}, "condition": {"id": "bila hilang"}},
        ),
    ),
    (
        "hours",
        data_of(
            {"days": ["mon", "tue"], "opens": "08:00", "closes": "15.00"},
            time_zone="Asia/Makassar",
            closed=["sun"],
        ),
        hours("mon-tue 08:00-15:00", closed=["sun"]),
    ),
    (
        "channels",
        data_of({"channel": "phone", "address": "110", "within": "2", "unit": "working_days"}),
        channels(channel("phone", "110", 2)),
    ),
    ("staff", data_of(value="5"), {"kind": "staff", "value": 5}),
    (
        "product",
        data_of(name_id="KTP-el", formats=["card"], valid_unit="life"),
        {"kind": "product", "name": {"id": "KTP-el"}, "formats": ["card"],
         "valid_for": {"unit": "life"}},
    ),
    (
        "citations",
        data_of({"kind": "UU", "number": "25", "year": "2009"}),
        {"kind": "citations", "rows": [
            {"kind": "UU", "number": "25", "year": 2009, "title": "", "place": ""},
        ]},
    ),
    (
        "availability",
        data_of(value="99,5", unit="percent"),
        {"kind": "availability", "value": 99.5, "unit": "percent"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "json"), FILLED)
def test_filled_form_gives_the_json(kind, data, json):
    form = form_for(kind, data)

    assert form.is_valid(), (form.errors, form.rows and form.rows.errors)
    assert form.target == json


WRONG = [
    ("time", data_of(unit="days"), {"value"}),
    ("time", data_of(value="4", up_to="3", unit="days"), {"up_to"}),
    ("time", data_of(value="4", unit="days", from_en="receipt"), {"from_id"}),
    # One and a half, or fifteen? In Indonesian a point parts thousands.
    ("time", data_of(value="1.5", unit="days"), {"value"}),
    ("fee", data_of(charge="fixed", unit="IDR"), {"value"}),
    ("fee", data_of(charge="fixed", value="5", unit="Rp"), {"unit"}),
    ("fee", data_of(charge="table", unit="IDR"), {"value"}),
    ("requirements", data_of({}), {"__all__"}),
    ("requirements", data_of({"name_en": "Passport"}), {"__all__"}),
    ("hours", data_of({"days": ["mon"], "opens": "9", "closes": "10:00"},
                      time_zone="Asia/Jakarta"), {"__all__"}),
    ("hours", data_of(time_zone="Mars/North"), {"time_zone", "__all__"}),
    ("staff", data_of(), {"value"}),
    ("product", data_of(name_id="KTP-el", valid_unit="years"), {"valid_value"}),
    ("product", data_of(formats=["card"]), {"name_id"}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "fields"), WRONG)
def test_what_is_wrong_is_said_at_its_field(kind, data, fields):
    form = form_for(kind, data)

    assert not form.is_valid()
    assert set(form.errors) <= fields | {"__all__"}
    assert set(form.errors) & fields


def test_what_is_wrong_in_a_row_is_said_there(in_indonesian, in_english):
    form = form_for(
        "hours",
        data_of(
            {},
            {"days": ["mon"], "opens": "08:00", "closes": "12:00"},
            {"days": ["mon"], "opens": "11:00", "closes": "15:00"},
            time_zone="Asia/Jakarta",
        ),
    )

    assert not form.is_valid()
    assert form.rows.errors == [
        {}, {}, {"opens": ["Hours that stand in another row are repeated."]},
    ]  # fmt: skip
    assert form.non_field_errors() == ["Look at the rows: something is missing."]


def test_more_rows_are_asked_for_without_a_word_about_what_is_missing():
    data = data_of({"name_id": "KK"}, {"form": "copy"})
    data["target-add_rows"] = "1"

    form = form_for("requirements", data)

    assert (form.asks_for_rows, form.is_valid()) == (True, False)
    assert len(form.rows.forms) == 5
    assert (form.errors, form.rows.forms[0]["name_id"].value()) == ({}, "KK")
    html = render_to_string("standards/_target_form.html", {"form": form})
    assert "rb-error" not in html
    assert html.count("<fieldset") == 5


def test_another_kind_starts_empty():
    form = form_for("time", initial=product("KTP-el"))

    assert form.initial == {}


@pytest.mark.parametrize("kind", list(FORMS))
def test_form_is_shown_with_a_label_for_each_field(kind):
    form = form_for(kind)

    html = render_to_string("standards/_target_form.html", {"form": form})

    for bound in form:
        assert f'id="{bound.auto_id}' in html
        assert str(bound.label) in html
