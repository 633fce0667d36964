"""How old the backlog is, who waits and for how long: looked at when a week or a longer period ends."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tests.reference.kpis.backlog_days import Unsolved, backlog_begins, unsolved_by_day, until_as_of
from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import day
from tests.reference.kpis.measures import told_levels
from tests.reference.kpis.raw import Desk

KPI_IDS = frozenset({"backlog_age", "open_requests_waiting", "waiting_time_oldest"})
DAY_SECONDS = 86400
BUCKETS = {
    "0_1d": (0, 1),
    "1_3d": (1, 3),
    "3_7d": (3, 7),
    "7_14d": (7, 14),
    "14_30d": (14, 30),
    "30d_plus": (30, 10**6),
}


def _ages(unsolved: Unsolved) -> Iterator[Case]:
    age = unsolved.age_seconds
    told = Case(
        kpi_id="backlog_age",
        attribution="as_of",
        measure="ages",
        clock="calendar",
        on=unsolved.on,
        where=unsolved.where,
        numerator=float(age),
        denominator=1.0,
    )
    yield told
    for variant, (first, last) in BUCKETS.items():
        is_in = first * DAY_SECONDS <= age < last * DAY_SECONDS
        yield replace(told, variant=variant, measure="count", numerator=1.0 if is_in else None)
    seconds = unsolved.waiting_seconds()
    # Waits are looked at when a week or a month ends, and at as_of: who waited only in between is not known.
    is_seen = _ends_a_period(unsolved.on) or unsolved.on == day(unsolved.life.desk.as_of)
    if seconds is not None and is_seen:
        waiting = replace(told, measure="oldest", numerator=float(seconds))
        yield replace(waiting, kpi_id="waiting_time_oldest")
        customer = unsolved.life.requester_id or unsolved.life.ticket_id
        asking = replace(waiting, kpi_id="open_requests_waiting", clock="none", subject=customer)
        yield replace(asking, measure="distinct_count")


def _ends_a_period(on: date) -> bool:
    return on.isoweekday() == len("MTWTFSS") or (on + timedelta(days=1)).day == 1


def _known(desk: Desk) -> Iterator[Case]:
    """Ages are told from the first backlog on, of nothing at least."""
    for on, where in backlog_begins(desk):
        told = Case(
            kpi_id="backlog_age",
            attribution="as_of",
            measure="ages",
            clock="calendar",
            on=on,
            where=where,
            numerator=None,
        )
        yield told
        yield from (replace(told, variant=variant, measure="count") for variant in BUCKETS)


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    ages = [case for ticket in unsolved_by_day(desk) for case in _ages(ticket)]
    # They are no sums of days, so of days only that of as_of tells them.
    looked_at = [
        period
        for period in until_as_of(periods, desk)
        if period.grain != "day" or period.last == day(desk.as_of)
    ]
    return told_levels([*ages, *_known(desk)], looked_at)
