"""How many agents the telephone asks for: the forecast of calls and its error, Erlang C, who is on shift.

Where the catalogue leaves room (decision 15), this reference reads it so:

* A half hour's forecast is the mean of the same weekday's half hour of the last four weeks, of those
  since the queue's first call; the handling time is that of the handled calls in the four weeks before
  the day.
* A queue is a team, or all of them as one. Half hours without a forecast ask for nobody.
* The error is of days on which calls came, from the queue's first forecast on; a day whose weekday told
  no call before is forecast as zero.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from tests.reference.kpis.agent_time import paid_shifts
from tests.reference.kpis.figures import Figure, Period, Value
from tests.reference.kpis.measures import divided
from tests.reference.kpis.people import home_team
from tests.reference.kpis.phone import Call, offered_calls
from tests.reference.kpis.raw import Desk

KPI_IDS = frozenset({"expected_workload_hours", "required_agents", "staffing_adequacy"})
_HALF_HOUR, _WEEK, _WEEKS = timedelta(minutes=30), timedelta(days=7), 4
_TARGET_SECONDS, _TARGET_SHARE, _MOST_OCCUPIED, _SHRINKAGE = 20, 0.8, 0.85, 0.3


def waiting_share(agents: int, erlangs: float) -> float:
    """Erlang C: the share of callers who wait, by the recursion of Erlang B.

    Args:
        agents: How many answer; more than the erlangs.
        erlangs: Calls that are being handled at one time.
    """
    blocked = 1.0
    for number in range(1, agents + 1):
        blocked = erlangs * blocked / (number + erlangs * blocked)
    return blocked / (1 - (erlangs / agents) * (1 - blocked))


def asked_agents(calls: float, handle_seconds: float) -> int:
    """The fewest agents of a half hour that keep the service level and are not too busy, with those away.

    Args:
        calls: Calls in the half hour.
        handle_seconds: Mean time an agent is busy with one.
    """
    erlangs = calls * handle_seconds / _HALF_HOUR.total_seconds()
    agents = math.floor(erlangs) + 1
    while True:
        late = waiting_share(agents, erlangs) * math.exp(
            -(agents - erlangs) * _TARGET_SECONDS / handle_seconds
        )
        if 1 - late >= _TARGET_SHARE and erlangs / agents <= _MOST_OCCUPIED:
            # 14 / 0.7 is 20, whatever binary fractions say.
            return math.ceil(round(agents / (1 - _SHRINKAGE), 9))
        agents += 1


def _half_hour(at: datetime) -> time:
    return time(at.hour, 30 if at.minute >= 30 else 0)


@dataclass(frozen=True)
class Queue:
    """The calls of one team or of all."""

    name: str
    calls: Sequence[Call]
    shifts: Sequence[tuple[datetime, datetime]]
    now: datetime

    @cached_property
    def first_day(self) -> date:
        """When the first call came."""
        return min(call.began_at.date() for call in self.calls)

    def count(self, on: date, at: time | None = None) -> int:
        """Calls of a day, or of one half hour of it."""
        came = [call for call in self.calls if call.began_at.date() == on]
        return sum(at is None or _half_hour(call.began_at) == at for call in came)

    def handle_seconds(self, on: date) -> float | None:
        """Mean handling time of the weeks before a day."""
        from_day = on - _WEEKS * _WEEK
        told = [
            call.handle_seconds
            for call in self.calls
            if call.is_handled and from_day <= call.began_at.date() < min(on, self.now.date())
        ]
        return divided(sum(told), len(told))

    def forecast(self, on: date) -> dict[time, float]:
        """Calls expected in each half hour of a day; empty when nobody knows how long they take."""
        weeks = min(_WEEKS, (on - self.first_day).days // 7)
        days = [on - number * _WEEK for number in range(1, weeks + 1)]
        times = {_half_hour(call.began_at) for call in self.calls if call.began_at.date() in days}
        if not self.handle_seconds(on):
            return {}
        return {at: sum(self.count(day, at) for day in days) / weeks for at in sorted(times)}

    def scheduled(self, starts_at: datetime) -> float:
        """Agents on a paid shift in a half hour."""
        ends_at = starts_at + _HALF_HOUR
        overlaps = [min(end, ends_at) - max(start, starts_at) for start, end in self.shifts]
        return sum((o for o in overlaps if o > timedelta(0)), timedelta(0)) / _HALF_HOUR

    @cached_property
    def first_forecast(self) -> date | None:
        """The first day with a forecast."""
        days = ((self.now.date() - self.first_day).days + 1) if self.calls else 0
        return next(
            (d for d in (self.first_day + timedelta(n) for n in range(days)) if self.forecast(d)), None
        )


def _queues(desk: Desk) -> Iterator[tuple[str, Queue]]:
    calls, shifts = offered_calls(desk), paid_shifts(desk)
    everybody = [span for spans in shifts.values() for span in spans]
    if calls:
        yield "all", Queue("all", calls, everybody, desk.as_of)
    for team in sorted({call.team or "unassigned" for call in calls}):
        own = [
            span
            for agent, spans in shifts.items()
            if (home_team(desk, agent) or "unassigned") == team
            for span in spans
        ]
        yield "team", Queue(team, [c for c in calls if (c.team or "unassigned") == team], own, desk.as_of)


def _told(queue: Queue, period: Period) -> Iterator[tuple[str, str, str, Value]]:
    work, asked, scheduled, misses, naive_misses = 0.0, [], 0.0, [], []
    day = period.start
    while day <= period.last:
        forecast, seconds = queue.forecast(day), queue.handle_seconds(day)
        for at, calls in forecast.items():
            starts_at = datetime.combine(day, at)
            if starts_at + _HALF_HOUR <= queue.now and seconds:
                work += calls * seconds
                asked.append(asked_agents(calls, seconds))
                scheduled += queue.scheduled(starts_at)
        came = queue.count(day)
        if came and queue.first_forecast and queue.first_forecast <= day < queue.now.date():
            misses.append(abs(came - sum(forecast.values())) / came)
            naive_misses.append(abs(came - queue.count(day - _WEEK)) / came)
        day += timedelta(days=1)
    half_hours = len(asked)
    yield "expected_workload_hours", "default", "sum", Value(work, n=half_hours)
    for variant, told in (("mape", misses), ("mape_seasonal_naive", naive_misses)):
        above = sum(told) if told else None
        yield (
            "expected_workload_hours",
            variant,
            "rate",
            Value(divided(sum(told), len(told)), above, len(told), len(told)),
        )
    total = sum(asked) if asked else None
    yield (
        "required_agents",
        "default",
        "mean",
        Value(divided(sum(asked), half_hours), total, half_hours, half_hours),
    )
    yield "required_agents", "default", "max", Value(max(asked, default=None), n=half_hours)
    yield (
        "staffing_adequacy",
        "default",
        "rate",
        Value(divided(scheduled, sum(asked)), scheduled if asked else None, total, half_hours),
    )


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    told = {}
    for name, queue in _queues(desk):
        for period in periods:
            if queue.first_forecast and queue.first_forecast <= period.last:
                for kpi_id, variant, statistic, value in _told(queue, period):
                    figure = Figure(
                        kpi_id,
                        variant,
                        "event",
                        statistic,
                        "none",
                        period.grain,
                        period.start,
                        name,
                        queue.name,
                    )
                    told[figure] = value
    return told
