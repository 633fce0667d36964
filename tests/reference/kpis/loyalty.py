"""Whether customers stay and take part: churn, retention, engagement, and who came by recommendation.

Active in a period is who had a subscription in it or ordered in it. Of whom no source is known is in no
part of the referral rate (decision 16).
"""

from collections.abc import Iterator, Sequence

from tests.reference.kpis.customers import bounds, lost_in, stays, there_at
from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.lives import day
from tests.reference.kpis.measures import divided, told_figures
from tests.reference.kpis.raw import Desk
from tests.reference.records import instant, text

KPI_IDS = frozenset({"churn_rate", "retention_rate", "customer_engagement", "referral_rate"})


def active_in(desk: Desk, period: Period) -> set[str]:
    """The customers who were active in a period.

    Args:
        desk: The desk to read.
        period: The period.
    """
    start, end = bounds(desk, period)
    active = {stay.customer_id for stay in stays(desk) if stay.touches(start, end)}
    ordered = {
        order["customer_id"]
        for order in desk.stream("orders")
        if order.get("customer_id") and period.has(day(instant(order["ordered_at"])))
    }
    return active | ordered


def _of_period(desk: Desk, period: Period) -> Iterator[tuple[str, str, float, float]]:
    start, end = bounds(desk, period)
    there, lost = there_at(desk, start), lost_in(desk, start, end)
    yield "churn_rate", "default", len(lost), len(there)
    yield "retention_rate", "default", len(there) - len(lost), len(there)
    active = active_in(desk, period)
    events = [
        event["customer_id"]
        for event in desk.stream("engagement_events")
        if period.has(day(instant(event["occurred_at"]))) and event["customer_id"] in active
    ]
    yield "customer_engagement", "default", len(set(events)), len(active)
    yield "customer_engagement", "interactions_per_customer", len(events), len(active)


def _referrals(desk: Desk) -> Iterator[Case]:
    for customer in desk.stream("customers"):
        source = text(customer.get("acquisition_source"))
        created_at = instant(customer["created_at"]) if customer.get("created_at") else None
        if source is None or created_at is None or created_at > desk.as_of:
            continue
        is_referred = float(source.lower().startswith("referral"))
        told = {"attribution": "created", "on": day(created_at), "where": Where(), "numerator": is_referred}
        yield Case(kpi_id="referral_rate", measure="rate", denominator=1.0, **told)
        if is_referred:
            yield Case(kpi_id="referral_rate", variant="referred_customers", measure="count", **told)


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    told = told_figures(_referrals(desk), periods)
    for period in periods:
        for kpi_id, variant, above, below in _of_period(desk, period):
            figure = Figure(
                kpi_id, variant, "event", "rate", "none", period.grain, period.start, "all", "all"
            )
            told[figure] = Value(divided(above, below), above, below, int(below))
    return told
