"""The share of opening hours in which somebody is at work.

Open is when any schedule is open, as none is the account's default; days count from the first one of
which states are told. At work is handling, after_call or available, for a desk whose only agent is on the
phone is no closed one; variant ``ready`` asks for somebody in state available (decision 15).
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from tests.reference.business_hours import read_schedules
from tests.reference.kpis.agent_time import AT_WORK, Span, busiest_spans
from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk

KPI_IDS = frozenset({"availability_rate"})


def _united(spans: Sequence[Span]) -> list[Span]:
    united: list[Span] = []
    for start, end in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        elif start < end:
            united.append((start, end))
    return united


def _shared(one: Sequence[Span], other: Sequence[Span]) -> int:
    """Seconds that lie in both."""
    overlaps = [min(a[1], b[1]) - max(a[0], b[0]) for a in _united(one) for b in _united(other)]
    return int(sum((o for o in overlaps if o > timedelta(0)), timedelta(0)).total_seconds())


def _cases(desk: Desk) -> Iterator[Case]:
    told = busiest_spans(desk)
    schedules = read_schedules(desk.stream("schedules"), desk.stream("holidays")).values()
    at_work = [(start, end) for start, end, state in told if state in AT_WORK]
    ready = [(start, end) for start, end, state in told if state == "available"]
    day: date = min((start for start, *_ in told), default=desk.as_of).date()
    while datetime.combine(day, time()) < desk.as_of:
        start = datetime.combine(day, time())
        end = min(start + timedelta(days=1), desk.as_of)
        open_spans = [span for schedule in schedules for span in schedule.intervals(start, end)]
        if open_spans:
            for variant, there in (("default", at_work), ("ready", ready)):
                yield Case(
                    kpi_id="availability_rate", variant=variant, attribution="event", measure="rate",
                    on=day, where=Where(), numerator=_shared(open_spans, there),
                    denominator=_shared(open_spans, [(start, end)]),
                )  # fmt: skip
        day += timedelta(days=1)


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures(_cases(desk), periods)
