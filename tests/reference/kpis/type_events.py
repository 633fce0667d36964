"""What happens to types of tickets: new ones come, others vanish, and some days stand out.

It needs a history longer than the simulated desk's: it is told of the shipped log.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from statistics import median

from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.measures import told_figures

KPI_IDS = frozenset({"new_ticket_types", "vanishing_types", "type_spike"})

MONTH_DAYS = 28
NEW_COUNT, FREQUENT_COUNT, SPIKE_COUNT = 3, 8, 3
WEEKS = 8
SCALE_PER_MAD, SCALES = 1.4826, 3
SMALL_MEDIAN, TAIL, LEAST_MEAN = 10, 0.00135, 1 / 8


@dataclass(frozen=True)
class TypedTickets:
    """The day of creation and the type of every ticket that counts, up to a day; None is no type."""

    tickets: Sequence[tuple[date, str | None]]
    last_day: date

    @cached_property
    def by_day(self) -> Counter[tuple[str, date]]:
        """Tickets of a type by day."""
        return Counter((ticket_type, on) for on, ticket_type in self.tickets if ticket_type is not None)

    @cached_property
    def types(self) -> list[str]:
        """All types there are."""
        return sorted({ticket_type for _, ticket_type in self.tickets if ticket_type is not None})

    @cached_property
    def first_seen(self) -> dict[str, date]:
        """The day of the first ticket of each type."""
        return {one: min(on for told, on in self.by_day if told == one) for one in self.types}

    @cached_property
    def first_day(self) -> date:
        """The day of the first ticket."""
        return min(on for on, _ in self.tickets)

    def count(self, ticket_type: str, first: date, days: int) -> int:
        """Tickets of a type in so many days from a day on."""
        return sum(self.by_day[ticket_type, first + timedelta(days=number)] for number in range(days))

    def is_new(self, ticket_type: str, on: date) -> bool:
        """Whether a type was first seen on a day, and stayed."""
        is_first = self.first_seen[ticket_type] == on
        return is_first and self.count(ticket_type, on, MONTH_DAYS) >= NEW_COUNT

    def may_be_new(self, ticket_type: str, on: date) -> bool:
        """Whether it was first seen on a day, and its month is not over yet."""
        is_over = on + timedelta(days=MONTH_DAYS - 1) <= self.last_day
        return self.first_seen[ticket_type] == on and not is_over

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
        if count < SPIKE_COUNT:
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


def _count_cases(typed: TypedTickets, periods: Sequence[Period]) -> Iterator[Case]:
    """What began on each day, told from the day on which there is history enough to tell it."""
    last = max(period.last for period in periods)
    for kpi_id, holds, history_days in (
        ("new_ticket_types", typed.is_new, MONTH_DAYS),
        ("vanishing_types", typed.begins_to_vanish, 2 * MONTH_DAYS),
        ("type_spike", typed.is_spike, WEEKS * 7),
    ):
        for number in range(history_days, (last - typed.first_day).days + 1):
            on = typed.first_day + timedelta(days=number)
            # A type that vanishes twice in a week is one type; two spikes of it are two.
            measure = "count" if kpi_id == "type_spike" else "distinct_count"
            told = Case(kpi_id=kpi_id, attribution="created", measure=measure, on=on, where=Where())
            yield replace(told, numerator=None)
            for ticket_type in typed.types:
                if holds(ticket_type, on):
                    yield replace(told, subject=ticket_type)
                elif kpi_id == "new_ticket_types" and typed.may_be_new(ticket_type, on):
                    yield replace(told, subject=ticket_type, numerator=None, is_censored=True)


def type_events(typed: TypedTickets, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of the KPIs that need a long history.

    Args:
        typed: Tickets by day and type.
        periods: The periods to tell.
    """
    return told_figures(_count_cases(typed, periods), periods)
