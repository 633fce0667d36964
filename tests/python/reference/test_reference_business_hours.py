"""Cases worked by hand: when a schedule is open."""

from datetime import datetime, timedelta

import pytest

from tests.reference.business_hours import business_seconds, read_schedules
from tests.reference.handmade import at, holiday, openings

HOUR = 3600
MINUTE = 60


def open_between(rows, start, end, holidays=()) -> list[tuple[str, str]]:
    schedule = read_schedules(rows, holidays)["desk"]
    found = schedule.intervals(datetime.fromisoformat(start), datetime.fromisoformat(end))
    return [(f"{opened:%d %H:%M}", f"{closed:%d %H:%M}") for opened, closed in found]


def open_in_march(rows, start, end, holidays=()) -> list[tuple[str, str]]:
    return open_between(rows, f"2026-03-{start}", f"2026-03-{end}", holidays)


def seconds(rows, start, end, holidays=()) -> int:
    return business_seconds(read_schedules(rows, holidays)["desk"], start, end)


def test_days_of_the_week_count_from_monday():
    rows = [*openings("1", "09:00", "17:00"), *openings("7", "10:00", "12:00")]
    assert open_in_march(rows, "02", "09") == [("02 09:00", "02 17:00"), ("08 10:00", "08 12:00")]


@pytest.mark.parametrize(
    ("opens", "closes", "hours"),
    [("09:00", "17:30", 8.5), ("00:00", "24:00", 24), ("00:00", "00:00", 24), ("09:00", "09:00", 24),
     ("22:00", "06:00", 8), ("22:00", "24:00", 2), ("22:00", "00:00", 2)],
)  # fmt: skip
def test_closing_at_or_before_opening_is_on_the_next_day(opens, closes, hours):
    assert seconds(openings("2", opens, closes), at(0), at(7 * 24)) == hours * HOUR


def test_always_open_has_no_gap_and_crosses_the_week():
    rows = openings("1234567", "00:00", "24:00")
    assert open_in_march(rows, "03T05:00", "19T07:00") == [("03 05:00", "19 07:00")]
    rows = openings("7", "20:00", "04:00")
    assert open_in_march(rows, "08T12:00", "09T12:00") == [("08 20:00", "09 04:00")]
    # An opening that began before the first instant is open at it.
    assert open_in_march(rows, "09T01:00", "09T02:00") == [("09 01:00", "09 02:00")]


def test_overlapping_and_touching_openings_are_one():
    rows = [row for span in (("09:00", "17:00"), ("12:00", "20:00"), ("20:00", "21:00"), ("10:00", "11:00"))
            for row in openings("1", *span)]  # fmt: skip
    assert open_in_march(rows, "02", "03") == [("02 09:00", "02 21:00")]
    assert seconds(rows, at(0), at(24)) == 12 * HOUR


def test_holidays_close_the_part_of_an_overnight_opening_on_their_date():
    rows = openings("67", "22:00", "06:00")  # Saturday 7th and Sunday 8th
    assert open_in_march(rows, "07", "10", [holiday("2026-03-07")]) == [
        ("08 00:00", "08 06:00"), ("08 22:00", "09 06:00"),
    ]  # fmt: skip
    assert open_in_march(rows, "07", "10", [holiday("2026-03-08")]) == [
        ("07 22:00", "08 00:00"), ("09 00:00", "09 06:00"),
    ]  # fmt: skip
    assert open_in_march(rows, "07", "10", [holiday("2026-03-08", "2026-03-09")]) == [
        ("07 22:00", "08 00:00")
    ]


def test_a_holiday_is_a_local_date_of_its_own_schedule():
    rows = openings("12", "00:00", "24:00", time_zone="Asia/Tokyo")  # opens 15:00 UTC the day before
    assert open_in_march(rows, "01", "04", [holiday("2026-03-03")]) == [("01 15:00", "02 15:00")]
    other = {**holiday("2026-03-03"), "schedule_id": "other"}
    assert open_in_march(rows, "01", "04", [other]) == [("01 15:00", "03 15:00")]


def test_versions_limit_the_day_on_which_an_opening_starts():
    rows = [
        *openings("1234567", "22:00", "02:00", valid_to="2026-03-03"),
        *openings("1234567", "09:00", "10:00", valid_from="2026-03-04", valid_to="2026-03-04"),
    ]
    assert open_in_march(rows, "03T12:00", "08") == [("03 22:00", "04 02:00"), ("04 09:00", "04 10:00")]
    moved = [*openings("3", "09:00", "10:00"), *openings("3", "09:00", "10:00", time_zone="Asia/Tokyo")]
    assert open_in_march(moved, "03", "06") == [("04 00:00", "04 01:00")]  # the same row came again


SUNDAY_OF_CHICAGO = [
    # On 2024-03-10 at 02:00 (08:00 UTC) clocks go to 03:00.
    ("2024-03-10", "02:30", "04:00", "10 08:30", "10 09:00"),
    ("2024-03-10", "01:30", "02:30", "10 07:30", "10 08:30"),
    ("2024-03-10", "02:15", "02:45", "10 08:15", "10 08:45"),
    ("2024-03-10", "02:30", "03:15", None, None),
    ("2024-03-10", "00:00", "24:00", "10 06:00", "11 05:00"),
    # On 2024-11-03 at 02:00 (07:00 UTC) clocks go back to 01:00.
    ("2024-11-03", "01:30", "02:30", "03 06:30", "03 08:30"),
    ("2024-11-03", "00:30", "01:30", "03 05:30", "03 06:30"),
    ("2024-11-03", "01:15", "01:45", "03 06:15", "03 06:45"),
    ("2024-11-03", "00:00", "24:00", "03 05:00", "04 06:00"),
]


@pytest.mark.parametrize(("day", "opens", "closes", "opened", "closed"), SUNDAY_OF_CHICAGO)
def test_local_times_of_a_day_on_which_clocks_change(day, opens, closes, opened, closed):
    rows = openings("7", opens, closes, time_zone="America/Chicago")
    start = datetime.fromisoformat(day)
    end = (start + timedelta(days=2)).isoformat()
    assert open_between(rows, day, end) == ([(opened, closed)] if opened else [])


def test_days_of_23_and_25_hours():
    rows = openings("1234567", "00:00", "24:00", time_zone="America/Chicago")[6:]
    spring, autumn = datetime(2024, 3, 10), datetime(2024, 11, 3)
    assert seconds(rows, spring, spring + timedelta(days=3)) == 1380 * MINUTE
    assert seconds(rows, autumn, autumn + timedelta(days=3)) == 1500 * MINUTE


def test_openings_are_cut_at_midnights_that_do_not_exist_or_come_twice():
    # Sao Paulo, 2018-11-04: 00:00 does not exist, the day begins at 01:00 (03:00 UTC).
    rows = openings("6", "22:00", "02:00", time_zone="America/Sao_Paulo")
    assert open_between(rows, "2018-11-04", "2018-11-05") == [("04 01:00", "04 04:00")]
    closed = [holiday("2018-11-04")]
    assert open_between(rows, "2018-11-04", "2018-11-05", closed) == [("04 01:00", "04 03:00")]
    # Havana, 2024-11-03: at 01:00 clocks go back to 00:00; the first midnight is 04:00 UTC.
    rows = openings("6", "22:00", "02:00", time_zone="America/Havana")
    assert open_between(rows, "2024-11-03", "2024-11-04") == [("03 02:00", "03 07:00")]
    assert open_between(rows, "2024-11-03", "2024-11-04", [holiday("2024-11-02")]) == [
        ("03 04:00", "03 07:00")
    ]


def test_the_day_that_samoa_skipped_is_its_next_day():
    # 2011-12-30, a Friday, never was in Apia: its hours are those of Saturday 31st, 09:00 there is 19:00 UTC.
    rows = openings("5", "09:00", "17:00", time_zone="Pacific/Apia")
    assert open_between(rows, "2011-12-29", "2012-01-02") == [("30 19:00", "31 03:00")]
    rows = openings("56", "09:00", "17:00", time_zone="Pacific/Apia")
    assert open_between(rows, "2011-12-29", "2012-01-02") == [("30 19:00", "31 03:00")]


def test_instants_are_cut_to_their_second_so_that_parts_add_up():
    rows = openings("1", "09:00", "17:00")
    first, middle, last = (at(9) + timedelta(milliseconds=each) for each in (900, 1500, 2100))
    assert [seconds(rows, first, middle), seconds(rows, middle, last), seconds(rows, first, last)] == [
        1,
        1,
        2,
    ]
    assert seconds(rows, at(8), at(9) + timedelta(milliseconds=900)) == 0
    assert seconds(rows, at(12), at(10)) == 0
    assert business_seconds(None, at(3), at(5) + timedelta(milliseconds=900)) == 2 * HOUR
    assert business_seconds(None, at(5), at(3)) == 0
