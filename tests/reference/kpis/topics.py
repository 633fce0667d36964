"""All topics that are recomputed, and by name those of which the small desk has nothing to tell."""

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
    strengths,
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
    strengths,
)

# Told of no shorter period than a month.
TOPICS_OF_MONTHS: Sequence[Topic] = (
    churn_by_support,
    lifetime_value,
    unit_costs,
)

# KPIs of these topics of which the small desk tells nothing, each with the reason; a longer one does:
# tests/python/models/test_long_desk.py.
WITHOUT_FIGURES: Mapping[str, str] = {
    "agent_strengths": "no agent of the small desk has tickets enough for a verdict",
    "csat_changed": "nobody of the small desk changes a rating",
    "nps": "nobody of the small desk is asked for it in these weeks",
    "type_growth_pct": "the small desk is younger than a year",
}

# The same of the month that still runs.
WITHOUT_MONTH: Mapping[str, str] = {
    "volume_change_pct": "the month before began before the desk did",
}
