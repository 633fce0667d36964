"""Who got an answer within a minute: callers that were answered, and orders that were confirmed."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.lives import day
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.phone import answered_within, offered_calls
from tests.reference.kpis.raw import Desk
from tests.reference.records import instant

KPI_IDS = frozenset({"confirm_within_one_minute_rate"})
_MINUTE = timedelta(seconds=60)


def _cases(desk: Desk) -> Iterator[Case]:
    kpi_id = "confirm_within_one_minute_rate"
    for call in offered_calls(desk):
        is_met = answered_within(call, _MINUTE.seconds)
        if is_met is not None:
            yield Case(
                kpi_id=kpi_id, variant="calls", attribution="event", measure="rate", on=day(call.began_at),
                where=Where(team=call.team), numerator=float(is_met), denominator=1.0,
            )  # fmt: skip
    orders = desk.stream("orders")
    if any(order.get("confirmed_at") for order in orders):
        for order in orders:
            ordered_at = instant(order["ordered_at"])
            confirmed_at = instant(order["confirmed_at"]) if order.get("confirmed_at") else None
            is_met = confirmed_at is not None and confirmed_at <= min(ordered_at + _MINUTE, desk.as_of)
            is_told = is_met or ordered_at + _MINUTE < desk.as_of
            yield Case(
                kpi_id=kpi_id, variant="orders", attribution="event", measure="rate", clock="calendar",
                on=day(ordered_at), where=Where(), numerator=float(is_met) if is_told else None,
                denominator=1.0 if is_told else None, is_censored=not is_told,
            )  # fmt: skip


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures(_cases(desk), periods)
