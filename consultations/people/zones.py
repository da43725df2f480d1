"""The names of time zones, as a country's offices write them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

ZONE_NAMES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


def zone_name(zone: str) -> str:
    """The name of an IANA zone where no moment is meant: WITA, or the abbreviation of its standard
    time, such as CET."""
    if zone in ZONE_NAMES:
        return ZONE_NAMES[zone]
    halves = (datetime(2024, month, 1, tzinfo=ZoneInfo(zone)) for month in (1, 7))
    standard = next((half for half in halves if half.dst() in {None, timedelta(0)}), None)
    return (standard.tzname() if standard else None) or zone
