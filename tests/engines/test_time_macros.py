"""The macros of macros/time.sql as Spark runs them, against Python's zoneinfo."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyspark.sql import SparkSession

from tests.engines.rendered import SparkExpressions
from tests.python.models import time_zones
from tests.python.models.test_time_macros import HAND_WORKED, Case, columns_of, differences
from tests.python.models.test_time_texts import DAY_FIRST, NO_TIMES, UNREADABLE_OFFSETS, Written, written
from tests.python.models.time_zones import FIRST, LAST, to_local, to_utc, zone_names

# Spark reckons with Java's time zones, which are as old as the Java that is installed: a zone whose rules
# changed since then differs after the change, and what became known of 1970 to 1992 since then is missing.
SURE_FROM, SURE_UNTIL = datetime(1993, 1, 1), datetime(2022, 1, 1)

moments = st.datetimes(FIRST, LAST - timedelta(days=2))
past_moments = st.datetimes(SURE_FROM, SURE_UNTIL)


@pytest.fixture(scope="session")
def known_zones(spark: SparkSession) -> set[str]:
    """The zones that the installed Java knows; Spark says of any other that it is invalid."""
    known = set(spark._jvm.java.time.ZoneId.getAvailableZoneIds()) | {"EST", "MST", "HST"}
    assert len(set(zone_names()) - known) < 10, set(zone_names()) - known
    return known


def _past(cases: Sequence[Case], known_zones: set[str]) -> list[Case]:
    return [
        (zone, moment) for zone, moment in cases if SURE_FROM < moment < SURE_UNTIL and zone in known_zones
    ]


def test_every_transition_until_java_was_made_has_the_local_time_and_day_of_zoneinfo(
    macros: SparkExpressions, known_zones: set[str]
) -> None:
    cases = _past(time_zones.instants_around_transitions(), known_zones)
    local = [to_local(instant, zone) for zone, instant in cases]
    assert len({zone for zone, _ in cases}) > 300
    assert differences(cases, macros.values("utc_to_local", columns_of(cases, "instant")), local) == []
    days = [moment.date() for moment in local]
    assert differences(cases, macros.values("reporting_day", columns_of(cases, "instant")), days) == []


def test_every_gap_and_overlap_until_java_was_made_has_the_utc_of_zoneinfo(
    macros: SparkExpressions, known_zones: set[str]
) -> None:
    cases = _past(time_zones.local_times_around_transitions(), known_zones)
    expected = [to_utc(local, zone) for zone, local in cases]
    assert differences(cases, macros.values("local_to_utc", columns_of(cases, "local_time")), expected) == []


@pytest.mark.parametrize(("zone", "local", "utc"), HAND_WORKED)
def test_hand_worked_times_agree(macros: SparkExpressions, zone: str, local: str, utc: str) -> None:
    columns = columns_of([(zone, datetime.fromisoformat(local))], "local_time")
    assert macros.values("local_to_utc", columns) == [datetime.fromisoformat(utc)]


@settings(max_examples=8, deadline=None)
@given(
    cases=st.lists(
        written().filter(lambda case: SURE_FROM < case.instant < SURE_UNTIL), min_size=1, max_size=200
    )
)
@pytest.mark.parametrize("macro", ["iso_to_utc", "servicenow_to_utc"])
def test_iso_text_is_the_instant_that_is_meant(
    macros: SparkExpressions, known_zones: set[str], macro: str, cases: list[Written]
) -> None:
    cases = [case for case in cases if case.time_zone in known_zones]
    columns = {"text_value": [case.text for case in cases], "time_zone": [case.time_zone for case in cases]}
    pairs = zip(cases, macros.values(macro, columns), strict=True)
    assert [(case, instant) for case, instant in pairs if instant != case.instant] == []


@settings(max_examples=5, deadline=None)
@given(moments=st.lists(past_moments, min_size=1, max_size=100))
def test_servicenow_s_day_first_text_is_local(macros: SparkExpressions, moments: list[datetime]) -> None:
    texts = [f"{moment.day}/{moment.month}/{moment.year} {moment.hour}:{moment:%M}" for moment in moments]
    texts += [f"{moment:%d/%m/%Y %H:%M}" for moment in moments]
    expected = [to_utc(moment.replace(second=0, microsecond=0), "Europe/London") for moment in moments]
    columns = {"text_value": texts, "time_zone": ["Europe/London"] * len(texts)}
    assert macros.values("servicenow_to_utc", columns) == expected * 2


def test_text_in_a_format_is_read_as_written(macros: SparkExpressions) -> None:
    assert macros.values("text_to_timestamp", {"text_value": [*DAY_FIRST]}) == [*DAY_FIRST.values()]


@pytest.mark.parametrize("macro", ["iso_to_utc", "servicenow_to_utc"])
def test_what_is_no_time_is_nothing(macros: SparkExpressions, macro: str) -> None:
    texts = NO_TIMES + UNREADABLE_OFFSETS
    columns = {"text_value": texts, "time_zone": ["Europe/Riga"] * len(texts)}
    assert macros.values(macro, columns) == [None] * len(texts)


@settings(max_examples=8, deadline=None)
@given(pairs=st.lists(st.tuples(moments, moments), min_size=1, max_size=200))
def test_seconds_between_counts_whole_seconds(
    macros: SparkExpressions, pairs: list[tuple[datetime, datetime]]
) -> None:
    columns = {"from_instant": [start for start, _ in pairs], "to_instant": [end for _, end in pairs]}
    assert macros.values("seconds_between", columns) == [
        int((end.replace(microsecond=0) - start.replace(microsecond=0)).total_seconds())
        for start, end in pairs
    ]


@settings(max_examples=5, deadline=None)
@given(days=st.lists(st.dates(date(1970, 1, 1), date(2037, 12, 31)), min_size=1, max_size=100))
def test_iso_weekday_counts_from_monday_and_months_begin_on_their_first(
    macros: SparkExpressions, days: list[date]
) -> None:
    assert macros.values("iso_weekday", {"date_value": days}) == [day.isoweekday() for day in days]
    instants = [datetime(day.year, day.month, day.day, 23, 59, 59) for day in days]
    months = macros.values("created_month", {"instant": instants})
    assert months == [day.replace(day=1) for day in days]


def test_date_sequence_holds_every_day_once(macros: SparkExpressions) -> None:
    spans = [(date(2016, 2, 27), date(2016, 3, 2)), (date(2016, 3, 27), date(2016, 3, 27))]
    columns = {"first_date": [first for first, _ in spans], "last_date": [last for _, last in spans]}
    found = macros.values("date_sequence", columns)
    expected = [
        first + timedelta(number) for first, last in spans for number in range((last - first).days + 1)
    ]
    assert sorted(found) == sorted(expected)


def test_every_zone_that_java_knows_has_the_noon_of_zoneinfo(
    macros: SparkExpressions, known_zones: set[str]
) -> None:
    zones = [zone for zone in zone_names() if zone in known_zones]
    noon = datetime(2020, 6, 1, 12)
    found = macros.values("utc_to_local", {"time_zone": zones, "instant": [noon] * len(zones)})
    assert (
        differences([(zone, noon) for zone in zones], found, [to_local(noon, zone) for zone in zones]) == []
    )


def test_days_and_months_after_a_date_end_with_the_month(macros: SparkExpressions) -> None:
    columns = {
        "date_value": [date(2024, 2, 29), date(2023, 12, 31), date(2024, 5, 6)],
        "amount": [-12, 2, 0],
    }
    assert macros.values("days_after", columns) == [date(2024, 2, 17), date(2024, 1, 2), date(2024, 5, 6)]
    assert macros.values("months_after", columns) == [date(2023, 2, 28), date(2024, 2, 29), date(2024, 5, 6)]
