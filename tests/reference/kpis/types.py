"""What tickets are about: volumes and shares of types, the most common and new ones, spikes, growth."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from statistics import median

from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.lives import countable_lives, day
from tests.reference.kpis.measures import divided, told_figures
from tests.reference.kpis.raw import Desk

KPI_IDS = frozenset({"tickets_by_type", "top_ticket_type"})
# What needs a longer history than the simulated desk has: told of the shipped log.
LONG_KPI_IDS = frozenset({"new_ticket_types", "vanishing_types", "type_spike", "type_growth_pct"})

MONTH_DAYS = 28
NEW_COUNT, FREQUENT_COUNT, SPIKE_COUNT = 3, 8, 3
WEEKS, YEAR_DAYS = 8, 52 * 7
SCALE_PER_MAD, SCALES = 1.4826, 3
SMALL_MEDIAN, TAIL, LEAST_MEAN = 10, 0.00135, 1 / 8


@dataclass(frozen=True)
class TypedTickets:
    """The day of creation and the type of every ticket that counts; None is no type."""

    tickets: Sequence[tuple[date, str | None]]

    @cached_property
    def by_day(self) -> Counter[tuple[str, date]]:
        """Tickets of a type by day."""
        return Counter((ticket_type, on) for on, ticket_type in self.tickets if ticket_type is not None)

    @cached_property
    def types(self) -> list[str]:
        """All types there are."""
        return sorted({ticket_type for _, ticket_type in self.tickets if ticket_type is not None})

    @cached_property
    def first_day(self) -> date:
        """The day of the first ticket."""
        return min(on for on, _ in self.tickets)

    def count(self, ticket_type: str, first: date, days: int) -> int:
        """Tickets of a type in so many days from a day on."""
        return sum(self.by_day[ticket_type, first + timedelta(days=number)] for number in range(days))

    def is_new(self, ticket_type: str, on: date) -> bool:
        """Whether a type was first seen on a day, after a month of history, and stayed."""
        seen = min(day for told, day in self.by_day if told == ticket_type)
        is_known_history = (seen - self.first_day).days >= MONTH_DAYS
        return seen == on and is_known_history and self.count(ticket_type, on, MONTH_DAYS) >= NEW_COUNT

    def is_vanishing(self, ticket_type: str, on: date) -> bool:
        """Whether it was frequent the month before the last one, and is half of that or less since."""
        last = self.count(ticket_type, on - timedelta(days=MONTH_DAYS - 1), MONTH_DAYS)
        before = self.count(ticket_type, on - timedelta(days=2 * MONTH_DAYS - 1), MONTH_DAYS)
        return before >= FREQUENT_COUNT and 2 * last <= before

    def begins_to_vanish(self, ticket_type: str, on: date) -> bool:
        """Whether it is vanishing and was not the day before."""
        return self.is_vanishing(ticket_type, on) and not self.is_vanishing(
            ticket_type, on - timedelta(days=1)
        )

    def is_spike(self, ticket_type: str, on: date) -> bool:
        """Whether a day stands out from the same weekday's last eight weeks."""
        count = self.by_day[ticket_type, on]
        weeks = [self.by_day[ticket_type, on - timedelta(weeks=number)] for number in range(1, WEEKS + 1)]
        middle = median(weeks)
        if count < SPIKE_COUNT or (on - timedelta(weeks=WEEKS)) < self.first_day:
            return False
        if middle < SMALL_MEDIAN:
            return poisson_tail(count, max(sum(weeks) / WEEKS, LEAST_MEAN)) < TAIL
        scale = SCALE_PER_MAD * median(abs(week - middle) for week in weeks) or math.sqrt(middle)
        return count - middle > SCALES * scale


def poisson_tail(count: int, mean: float) -> float:
    """How likely so many or more are when so many come on average.

    Args:
        count: The number seen.
        mean: The average.
    """
    below = math.fsum(math.exp(-mean + k * math.log(mean) - math.lgamma(k + 1)) for k in range(count))
    return 1 - below


def _count_cases(typed: TypedTickets, period: Period) -> Iterator[Case]:
    days = [period.start + timedelta(days=n) for n in range((period.last - period.start).days + 1)]
    for kpi_id, holds in (
        ("new_ticket_types", typed.is_new),
        ("vanishing_types", typed.begins_to_vanish),
        ("type_spike", typed.is_spike),
    ):
        for on in days:
            yield Case(
                kpi_id=kpi_id, attribution="created", measure="count", on=on, where=Where(), numerator=None
            )
            for ticket_type in typed.types:
                if holds(ticket_type, on):
                    yield Case(kpi_id=kpi_id, attribution="created", measure="count", on=on, where=Where())


def long_figures(typed: TypedTickets, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of the KPIs that need a long history.

    Args:
        typed: Tickets by day and type.
        periods: The periods to tell.
    """
    told: dict[Figure, Value] = {}
    for period in periods:
        told |= told_figures(_count_cases(typed, period), [period])
        days = (period.last - period.start).days + 1
        for ticket_type in (None, *typed.types):
            name, label = ("all", "all") if ticket_type is None else ("ticket_type", ticket_type)
            before_start = period.start - timedelta(days=YEAR_DAYS)
            if before_start < typed.first_day:
                continue
            told_types = typed.types if ticket_type is None else [ticket_type]
            now, before = (
                float(sum(typed.count(one, start, days) for one in told_types))
                for start in (period.start, before_start)
            )
            figure = Figure(
                "type_growth_pct",
                "default",
                "created",
                "rate",
                "none",
                period.grain,
                period.start,
                name,
                label,
            )
            told[figure] = Value(divided(now - before, before), now - before, before, int(now))
    return told


def _shares(told: dict[Figure, Value]) -> Iterator[tuple[Figure, Value]]:
    for figure, value in told.items():
        yield figure, value
        if figure.slice != "ticket_type":
            continue
        total = told[replace(figure, slice="all", slice_value="all")]
        share = Value(divided(value.value or 0, total.value or 0), value.value, total.value, total.n)
        yield replace(figure, variant="share", statistic="rate"), share


def typed_tickets(desk: Desk) -> TypedTickets:
    """The tickets of a desk that count.

    Args:
        desk: The desk to read.
    """
    return TypedTickets([(day(life.facts.created_at), life.ticket_type) for life in countable_lives(desk)])


def short_figures(typed: TypedTickets, periods: Sequence[Period]) -> dict[Figure, Value]:
    """Volumes and shares of types, and the share of the most common one.

    Args:
        typed: Tickets by day and type.
        periods: The periods to tell.
    """
    cases = [
        Case(
            kpi_id="tickets_by_type",
            attribution="created",
            measure="count",
            on=on,
            where=Where(ticket_type=one),
        )
        for on, one in typed.tickets
    ]
    told = dict(_shares(told_figures(cases, periods)))
    for period in periods:
        counts = Counter(one for on, one in typed.tickets if period.has(on) and one is not None)
        total = sum(period.has(on) for on, _ in typed.tickets)
        most = float(max(counts.values(), default=0))
        figure = Figure(
            "top_ticket_type", "default", "created", "rate", "none", period.grain, period.start, "all", "all"
        )
        told[figure] = Value(divided(most, total), most, float(total), total)
    return told


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return short_figures(typed_tickets(desk), periods)
