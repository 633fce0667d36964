"""What a customer is worth over a life, told of months.

Predicted: the mean margin of those there at the end over the churn of the period, a life lasting 60
months at most; ``historic`` is the margin earned so far for each customer ever, by whole days: the
running one is counted, the last one of a subscription is not. Without a churn there is no prediction
(decision 16).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from tests.reference.kpis.customers import Subscription, bounds, lost_in, subscriptions, there_at
from tests.reference.kpis.figures import Figure, Period, Value
from tests.reference.kpis.measures import divided
from tests.reference.kpis.raw import Desk

KPI_IDS = frozenset({"clv"})
_LONGEST_LIFE_MONTHS = 60
_DAYS_OF_MONTH = 365.25 / 12


def _predicted(desk: Desk, period: Period) -> Value:
    start, end = bounds(desk, period)
    margins: dict[str, list[Decimal | None]] = {}
    for told in subscriptions(desk):
        if told.started_at < end and (told.ended_at is None or told.ended_at >= end):
            margins.setdefault(told.customer_id, []).append(told.margin)
    known = [sum(m for m in own if m is not None) for own in margins.values() if None not in own]
    mean = divided(float(sum(known)), len(known))
    churn = divided(len(lost_in(desk, start, end)), len(there_at(desk, start)))
    if mean is None or not churn:
        return Value(None, mean, None, len(known))
    share = max(churn, 1 / _LONGEST_LIFE_MONTHS)
    return Value(mean / share, mean, share, len(known))


def _months(told: Subscription, until: date) -> float:
    last = min(told.ended_at.date(), until) if told.ended_at else until
    return max((last - told.started_at.date()).days, 0) / _DAYS_OF_MONTH


def _historic(desk: Desk, period: Period) -> Value:
    _, end = bounds(desk, period)
    begun = [told for told in subscriptions(desk) if told.started_at < end]
    unknown = {told.customer_id for told in begun if told.margin is None}
    until = min(period.last, desk.as_of.date()) + timedelta(days=1)
    earned = sum(float(told.margin) * _months(told, until) for told in begun if told.margin is not None)
    count = len({told.customer_id for told in begun} - unknown)
    return Value(divided(earned, count), earned, count, count)


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of this KPI: of months and longer periods, as days have no life's worth.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    told = {}
    for period in periods:
        if period.grain not in ("day", "week"):
            for variant, value in (
                ("default", _predicted(desk, period)),
                ("historic", _historic(desk, period)),
            ):
                figure = Figure(
                    "clv", variant, "as_of", "mean", "none", period.grain, period.start, "all", "all"
                )
                told[figure] = value
    return told
