from datetime import date

from consultations.printing import long_day, plain_day


def test_days_are_written_as_offices_write_them():
    day = date(2024, 8, 20)

    assert long_day(day, "id") == "Selasa, 20 Agustus 2024"
    assert plain_day(day, "id") == "20 Agustus 2024"
    assert long_day(day, "en") == "Tuesday, 20 August 2024"
