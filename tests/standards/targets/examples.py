"""Targets as real standards have them (shapes of DOMAIN §3, agencies and numbers invented)."""

from hypothesis import strategies as st

from consultations.standards.targets.enums import (
    AvailabilityUnit,
    Bound,
    DocumentForm,
    Medium,
    ProductFormat,
    TimeUnit,
    Weekday,
)


def both(indonesian: str, english: str) -> dict:
    return {"id": indonesian, "en": english}


def time(value, unit="working_days", **more) -> dict:
    return {"kind": "time", "value": value, "unit": unit} | more


def fee(value, unit="IDR") -> dict:
    return {"kind": "fee", "value": value, "unit": unit}


def fees(*rows, unit="IDR") -> dict:
    rows = [{"for": both(name, name), "value": value} for name, value in rows]
    return {"kind": "fee", "rows": rows, "unit": unit}


def documents(*rows) -> dict:
    return {"kind": "requirements", "rows": list(rows)}


def document(name, english="", **more) -> dict:
    return {"name": both(name, english or name)} | more


def hours(*rows, zone="Asia/Makassar", closed=()) -> dict:
    """Rows such as "mon-thu 08:00-15:00"; days left out: "08:00-15:00"."""
    order, found = Weekday.values, []
    for row in rows:
        on, _space, clock = row.rpartition(" ")
        first, _dash, last = on.partition("-")
        days = order[order.index(first) : order.index(last or first) + 1] if on else []
        opens, closes = clock.split("-")
        found.append({"days": days, "opens": opens, "closes": closes})
    more = {"closed": list(closed)} if closed else {}
    return {"kind": "hours", "time_zone": zone, "rows": found} | more


def channels(*rows) -> dict:
    return {"kind": "channels", "rows": list(rows)}


def channel(medium, address="", within=None) -> dict:
    found = {"channel": medium}
    if address:
        found["address"] = address
    if within:
        found["answered_within"] = {"value": within, "unit": "working_days"}
    return found


def product(name, english="", **more) -> dict:
    return {"kind": "product", "name": both(name, english or name)} | more


def rule(kind, number, year, title, place="") -> dict:
    return {"kind": kind, "number": number, "year": year, "title": title, "place": place}


def citations(*rows) -> dict:
    return {"kind": "citations", "rows": list(rows)}


UU_25 = rule("UU", "25", 2009, "Pelayanan Publik")
SINCE = {"from": both("berkas lengkap diterima", "receipt of the complete documents")}
STAFF = {
    "kind": "staff",
    "rows": [
        {"role": both("penanggung jawab", "persons in charge"), "value": 4},
        {"role": both("teknisi", "technicians"), "value": 20},
    ],
}

# --- any target at all, for properties --------------------------------------------------------

TEXT = st.text("abcdefg éÀ.", min_size=1, max_size=12).map(str.strip).filter(bool)
TEXTS = st.fixed_dictionaries({"id": TEXT}, optional={"en": TEXT})
NUMBER = st.one_of(
    st.integers(0, 10**9), st.floats(0, 10**6, allow_nan=False).map(lambda x: round(x, 2))
)
DURATION = st.fixed_dictionaries({"value": NUMBER, "unit": st.sampled_from(TimeUnit.values)})


def rows_of(row, most=4):
    return st.lists(row, min_size=1, max_size=most)


def kind(name, required, optional=None):
    return st.fixed_dictionaries({"kind": st.just(name)} | required, optional=optional or {})


UNIT = st.sampled_from(TimeUnit.values)
OPENING = st.tuples(
    st.lists(st.sampled_from(Weekday.values), min_size=1, unique=True),
    st.tuples(st.integers(0, 1438), st.integers(0, 1438)).filter(lambda pair: pair[0] < pair[1]),
)


def _opening(pair) -> dict:
    days, minutes = pair
    opens, closes = (f"{each // 60:02}:{each % 60:02}" for each in minutes)
    return {"days": days, "opens": opens, "closes": closes}


def _value_without_repeats(rows) -> list:
    """Each day in one row at most, so that no hours overlap."""
    seen, kept = set(), []
    for row in rows:
        days = [day for day in row["days"] if day not in seen]
        seen.update(days)
        if days:
            kept.append(row | {"days": days})
    return kept


TARGETS = st.one_of(
    kind(
        "time",
        {"value": NUMBER, "unit": UNIT},
        {"bound": st.sampled_from(Bound.values), "on_the_spot": st.just(True), "from": TEXTS},
    ),
    kind("time", {"value": st.just(3), "up_to": st.integers(4, 90), "unit": UNIT}, {"from": TEXTS}),
    kind("time", {"on_the_spot": st.just(True)}, {"from": TEXTS}),
    kind("fee", {"value": NUMBER, "unit": st.sampled_from(["IDR", "USD", "EUR"])}),
    kind("fee", {"value": st.just(0)}),
    kind(
        "fee",
        {
            "rows": rows_of(st.fixed_dictionaries({"for": TEXTS, "value": NUMBER})),
            "unit": st.sampled_from(["IDR", "XDR"]),
        },
    ),
    kind(
        "requirements",
        {
            "rows": rows_of(
                st.fixed_dictionaries(
                    {"name": TEXTS},
                    optional={
                        "form": st.sampled_from(DocumentForm.values),
                        "count": st.integers(1, 1_000),
                        "condition": TEXTS,
                    },
                )
            )
        },
    ),
    kind(
        "hours",
        {
            "time_zone": st.sampled_from(["Asia/Jakarta", "Asia/Jayapura", "Europe/Berlin"]),
            "rows": rows_of(OPENING.map(_opening)).map(_value_without_repeats),
        },
    ),
    kind("hours", {"time_zone": st.just("Asia/Makassar"),
                   "rows": st.just([{"days": [], "opens": "08:00", "closes": "00:00"}]),
                   "closed": st.just(["sun"])}),
    kind(
        "channels",
        {
            "rows": rows_of(
                st.fixed_dictionaries(
                    {"channel": st.sampled_from(Medium.values), "address": TEXT},
                    optional={"answered_within": DURATION},
                )
            )
        },
    ),
    kind("staff", {"value": st.integers(0, 10**6)}),
    kind(
        "staff",
        {
            "rows": rows_of(
                st.fixed_dictionaries({"role": TEXTS, "value": st.integers(0, 1000)})
            )
        },
        {"value": st.integers(4_000, 10**6)},
    ),
    kind(
        "product",
        {"name": TEXTS},
        {
            "formats": st.lists(
                st.sampled_from(ProductFormat.values), min_size=1, unique=True
            ),
            "valid_for": st.one_of(
                st.just({"unit": "life"}),
                st.fixed_dictionaries(
                    {
                        "value": st.integers(1, 10_000),
                        "unit": st.sampled_from(["days", "months", "years"]),
                    }
                ),
            ),
        },
    ),
    kind(
        "citations",
        {
            "rows": rows_of(
                st.fixed_dictionaries(
                    {
                        "kind": TEXT,
                        "number": TEXT,
                        "year": st.one_of(st.none(), st.integers(1900, 2100)),
                        "title": TEXT,
                        "place": st.one_of(st.just(""), TEXT),
                    }
                )
            )
        },
    ),
    kind(
        "availability",
        {"value": st.integers(0, 100), "unit": st.sampled_from(AvailabilityUnit.values)},
    ),
)  # fmt: skip
