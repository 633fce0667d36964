"""Contacts for each active customer, and for each order: growth told apart from problems."""

from collections.abc import Sequence

from tests.reference.kpis.figures import Figure, Period, Value
from tests.reference.kpis.lives import day
from tests.reference.kpis.loyalty import active_in
from tests.reference.kpis.measures import divided
from tests.reference.kpis.raw import Desk
from tests.reference.kpis.volume import contacts
from tests.reference.records import instant

KPI_IDS = frozenset({"contact_rate"})


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of this KPI.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    told = {}
    came = [case.on for case in contacts(desk, "contact_rate")]
    ordered = [day(instant(order["ordered_at"])) for order in desk.stream("orders")]
    for period in periods:
        count = sum(period.has(on) for on in came)
        bases = {"default": len(active_in(desk, period)), "per_order": sum(period.has(on) for on in ordered)}
        for variant, base in bases.items():
            figure = Figure(
                "contact_rate", variant, "created", "rate", "none", period.grain, period.start, "all", "all"
            )
            told[figure] = Value(divided(count, base), count, base, base)
    return told
