"""All topics that are recomputed, and by name what is not, with the reason."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from tests.reference.kpis import (
    assignments,
    backlog,
    backlog_ages,
    backlog_changes,
    changes,
    concurrency,
    messages,
    outcomes,
    resolutions,
    response_rates,
    responses,
    routes,
    service_levels,
    types,
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
)

# KPIs that no topic recomputes, each with the reason.
NOT_RECOMPUTED: Mapping[str, str] = {
    "type_growth_pct": "against 52 weeks before: no warehouse that tests refresh is so long",
    "agent_strengths": "of agents with 20 tickets in half a year, as of the last day alone",
}
