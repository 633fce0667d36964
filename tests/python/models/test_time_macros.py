"""The macros of macros/time.sql, as dbt renders them, against Python's zoneinfo."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.python.models import time_zones
from tests.python.models.rendered import RenderedMacros, time_macros
from tests.python.models.time_zones import DISPUTED, FIRST, LAST, is_disputed, to_local, to_utc, zone_names

Case = tuple[str, datetime]

# Zone, local time, UTC.
HAND_WORKED = [
    ("Europe/Riga", "2026-03-29 03:30:00", "2026-03-29 01:30:00"),  # in a gap of an hour: 04:30 of summer
    ("Europe/Riga", "2026-10-25 03:30:00", "2026-10-25 00:30:00"),  # twice that night: the first one
    ("Australia/Lord_Howe", "2026-04-05 01:45:00", "2026-04-04 14:45:00"),  # an overlap of half an hour
    ("Antarctica/Vostok", "1994-01-31 20:30:00", "1994-01-31 13:30:00"),  # an overlap of seven hours
    ("Pacific/Apia", "2011-12-30 12:00:00", "2011-12-30 22:00:00"),  # a day that Samoa left out
    ("Africa/Casablanca", "2026-02-15 02:30:00", "2026-02-15 01:30:00"),  # summer time pauses for Ramadan
    ("Asia/Kathmandu", "1986-01-01 00:10:00", "1985-12-31 18:40:00"),  # a gap of fifteen minutes
]

moments = st.datetimes(FIRST, LAST - timedelta(days=2))
zoned_moments = st.lists(st.tuples(st.sampled_from(zone_names()), moments), min_size=1, max_size=300)


@pytest.fixture(scope="module")
def macros() -> Iterator[RenderedMacros]:
    with duckdb.connect() as connection:
        yield RenderedMacros(time_macros(), connection)


def columns_of(cases: Sequence[Case], column: str) -> dict[str, list[str] | list[datetime]]:
    return {"time_zone": [zone for zone, _ in cases], column: [moment for _, moment in cases]}


def _undisputed(cases: Sequence[Case]) -> list[Case]:
    return [case for case in cases if not is_disputed(*case)]


def _assert_local(macros: RenderedMacros, cases: Sequence[Case]) -> None:
    columns = columns_of(cases, "instant")
    local = [to_local(instant, zone) for zone, instant in cases]
    assert differences(cases, macros.values("utc_to_local", columns), local) == []
    days = [moment.date() for moment in local]
    assert differences(cases, macros.values("reporting_day", columns), days) == []


def _assert_utc(macros: RenderedMacros, cases: Sequence[Case]) -> None:
    expected = [to_utc(local, zone) for zone, local in cases]
    assert differences(cases, macros.values("local_to_utc", columns_of(cases, "local_time")), expected) == []


def differences(
    cases: Sequence[Case], found: Sequence[date], expected: Sequence[date]
) -> list[tuple[str, datetime, date, date]]:
    """A few of the cases that differ: a list of 100,000 helps nobody."""
    triples = zip(cases, found, expected, strict=True)
    return [(*case, was, should) for case, was, should in triples if was != should][:20]


def test_duckdb_knows_every_zone_of_tzdata(macros: RenderedMacros) -> None:
    rows = macros.connection.execute("select name from pg_timezone_names()").fetchall()
    assert set(zone_names()) - {name for (name,) in rows} == set()


def test_the_two_time_zone_databases_differ_only_where_it_is_written_down(macros: RenderedMacros) -> None:
    cases = time_zones.instants_of_every_month() + time_zones.instants_around_transitions()
    found = macros.values("utc_to_local", columns_of(cases, "instant"))
    differing: dict[str, set[datetime]] = {}
    for (zone, instant), local in zip(cases, found, strict=True):
        if local != to_local(instant, zone):
            differing.setdefault(zone, set()).add(instant)
    assert differing.keys() == DISPUTED.keys()
    for zone, instants in differing.items():
        first, last = DISPUTED[zone]
        assert {instant for instant in instants if not first <= instant < last} == set(), zone


def test_every_transition_from_1970_to_2037_has_the_local_time_and_day_of_zoneinfo(
    macros: RenderedMacros,
) -> None:
    assert time_zones.transitions("Europe/Riga")[-1].year == 2037
    _assert_local(macros, _undisputed(time_zones.instants_around_transitions()))


def test_every_gap_and_overlap_from_1970_to_2037_has_the_utc_of_zoneinfo(macros: RenderedMacros) -> None:
    _assert_utc(macros, _undisputed(time_zones.local_times_around_transitions()))


@settings(max_examples=25, deadline=None)
@given(cases=zoned_moments)
def test_any_instant_has_the_local_time_and_day_of_zoneinfo(
    macros: RenderedMacros, cases: list[Case]
) -> None:
    _assert_local(macros, _undisputed(cases) or [("UTC", FIRST)])


@settings(max_examples=25, deadline=None)
@given(cases=zoned_moments)
def test_any_local_time_has_the_utc_of_zoneinfo(macros: RenderedMacros, cases: list[Case]) -> None:
    _assert_utc(macros, _undisputed(cases) or [("UTC", FIRST)])


@pytest.mark.parametrize(("zone", "local", "utc"), HAND_WORKED)
def test_hand_worked_times_agree(macros: RenderedMacros, zone: str, local: str, utc: str) -> None:
    columns = columns_of([(zone, datetime.fromisoformat(local))], "local_time")
    assert macros.values("local_to_utc", columns) == [datetime.fromisoformat(utc)]


@settings(max_examples=25, deadline=None)
@given(pairs=st.lists(st.tuples(moments, moments), min_size=1, max_size=100))
def test_seconds_between_counts_whole_seconds_that_add_up(
    macros: RenderedMacros, pairs: list[tuple[datetime, datetime]]
) -> None:
    starts, ends = [start for start, _ in pairs], [end for _, end in pairs]

    def seconds(from_instants: list[datetime], to_instants: list[datetime]) -> list[int]:
        return macros.values("seconds_between", {"from_instant": from_instants, "to_instant": to_instants})

    expected = [
        int((end.replace(microsecond=0) - start.replace(microsecond=0)).total_seconds())
        for start, end in pairs
    ]
    middles = [start + (end - start) / 2 for start, end in pairs]
    halves = zip(seconds(starts, middles), seconds(middles, ends), strict=True)
    assert seconds(starts, ends) == expected
    assert [first + second for first, second in halves] == expected


@settings(max_examples=25, deadline=None)
@given(days=st.lists(st.dates(date(1970, 1, 1), date(2037, 12, 31)), min_size=1, max_size=100))
def test_iso_weekday_counts_from_monday(macros: RenderedMacros, days: list[date]) -> None:
    assert macros.values("iso_weekday", {"date_value": days}) == [day.isoweekday() for day in days]


@settings(max_examples=25, deadline=None)
@given(spans=st.lists(st.tuples(moments, st.integers(-3, 800)), min_size=1, max_size=20))
def test_date_sequence_holds_every_day_once(
    macros: RenderedMacros, spans: list[tuple[datetime, int]]
) -> None:
    firsts = [moment.date() for moment, _ in spans]
    columns: dict[str, list[date]] = {
        "first_date": firsts,
        "last_date": [first + timedelta(length) for first, (_, length) in zip(firsts, spans, strict=True)],
    }
    assert [days or [] for days in macros.values("date_sequence", columns)] == [
        [first + timedelta(number) for number in range(length + 1)]
        for first, (_, length) in zip(firsts, spans, strict=True)
    ]


def test_days_and_months_after_a_date_end_with_the_month(macros: RenderedMacros) -> None:
    columns = {
        "date_value": [date(2024, 2, 29), date(2023, 12, 31), date(2024, 5, 6)],
        "amount": [-12, 2, 0],
    }
    assert macros.values("days_after", columns) == [date(2024, 2, 17), date(2024, 1, 2), date(2024, 5, 6)]
    assert macros.values("months_after", columns) == [date(2023, 2, 28), date(2024, 2, 29), date(2024, 5, 6)]
