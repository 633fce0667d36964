"""What tickets are about: volumes and shares of types, and the most common one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.lives import countable_lives, day
from tests.reference.kpis.measures import divided, told_figures
from tests.reference.kpis.raw import Desk

KPI_IDS = frozenset({"tickets_by_type", "top_ticket_type"})


def _shares(told: dict[Figure, Value]) -> Iterator[tuple[Figure, Value]]:
    for figure, value in told.items():
        yield figure, value
        if figure.slice != "ticket_type":
            continue
        total = told[replace(figure, slice="all", slice_value="all")]
        share = Value(divided(value.value or 0, total.value or 0), value.value, total.value, total.n)
        yield replace(figure, variant="share", statistic="rate"), share


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    created = [(day(life.facts.created_at), life.ticket_type) for life in countable_lives(desk)]
    cases = [
        Case(
            kpi_id="tickets_by_type",
            attribution="created",
            measure="count",
            on=on,
            where=Where(ticket_type=one),
        )
        for on, one in created
    ]
    told = dict(_shares(told_figures(cases, periods)))
    for period in periods:
        counts = Counter(one for on, one in created if period.has(on) and one is not None)
        total = sum(period.has(on) for on, _ in created)
        most = float(max(counts.values(), default=0))
        figure = Figure(
            "top_ticket_type", "default", "created", "rate", "none", period.grain, period.start, "all", "all"
        )
        told[figure] = Value(divided(most, total), most, float(total), total)
    return told
