"""All topics that are recomputed, and by name what is not, with the reason."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from tests.reference.kpis import (
    assignments,
    availability,
    backlog,
    backlog_ages,
    backlog_changes,
    bots,
    calls,
    changes,
    churn_by_support,
    concurrency,
    confirmations,
    contact_centre,
    contact_rates,
    costs,
    customer_voice,
    governance,
    handling,
    help_centre,
    journeys,
    knowledge,
    lifetime_value,
    loyalty,
    messages,
    occupations,
    outcomes,
    resolutions,
    response_rates,
    responses,
    reviews,
    routes,
    service_levels,
    settlements,
    staff,
    types,
    unit_costs,
    volume,
)
from tests.reference.kpis.figures import Figure, Period, Value
from tests.reference.kpis.raw import Desk


class Topic(Protocol):
    """A module of one topic: the KPIs it tells all rows of, and how."""

    KPI_IDS: frozenset[str]

    def figures(self, desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
        """All figures of these KPIs in these periods."""


TOPICS: Sequence[Topic] = (
    assignments,
    backlog,
    backlog_changes,
    backlog_ages,
    changes,
    concurrency,
    messages,
    outcomes,
    resolutions,
    responses,
    response_rates,
    routes,
    service_levels,
    types,
    volume,
    availability,
    bots,
    calls,
    confirmations,
    contact_centre,
    contact_rates,
    costs,
    customer_voice,
    governance,
    handling,
    help_centre,
    journeys,
    knowledge,
    loyalty,
    occupations,
    reviews,
    settlements,
    staff,
)

# Told of no shorter period than a month.
TOPICS_OF_MONTHS: Sequence[Topic] = (
    churn_by_support,
    lifetime_value,
    unit_costs,
)

# KPIs of these topics of which the small desk tells nothing, each with the reason.
WITHOUT_FIGURES: Mapping[str, str] = {
    "csat_changed": "nobody of the small desk changes a rating",
    "nps": "nobody of the small desk is asked for it in these weeks",
}

# The same of the month that still runs.
WITHOUT_MONTH: Mapping[str, str] = {
    "volume_change_pct": "the month before began before the desk did",
}

# KPIs that no topic recomputes, each with the reason.
NOT_RECOMPUTED: Mapping[str, str] = {
    "type_growth_pct": "against 52 weeks before: no warehouse that tests refresh is so long",
    "agent_strengths": "of agents with 20 tickets in half a year, as of the last day alone",
}
