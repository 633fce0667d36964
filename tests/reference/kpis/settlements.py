"""What was settled with customers: the amounts of solved tickets, on the day of their last solve."""

from collections.abc import Iterator, Sequence

from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import countable_lives, day, held
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.money import in_reporting_currency, rounded
from tests.reference.kpis.raw import Desk
from tests.reference.records import text

KPI_IDS = frozenset({"value_settled", "value_settled_per_ticket"})


def _cases(desk: Desk) -> Iterator[Case]:
    if not any(ticket.get("settled_amount") is not None for ticket in desk.stream("tickets")):
        return
    for life in countable_lives(desk):
        if life.last_solve is None:
            continue
        on, where = day(life.last_solve.started_at), life.where(held(life.last_solve))
        told = life.ticket.get("settled_amount")
        amount = in_reporting_currency(desk, told, text(life.ticket.get("settled_currency")), on)
        if amount is not None:
            for kpi_id, measure in (("value_settled", "sum"), ("value_settled_per_ticket", "average")):
                yield Case(
                    kpi_id=kpi_id, attribution="solved", measure=measure, on=on, where=where,
                    numerator=float(rounded(amount)), denominator=1.0,
                )  # fmt: skip
        yield Case(
            kpi_id="value_settled_per_ticket", variant="coverage", attribution="solved", measure="rate",
            on=on, where=where, numerator=float(told is not None), denominator=1.0,
        )  # fmt: skip


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures(_cases(desk), periods)
