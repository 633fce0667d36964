"""All topics that are recomputed, and by name what is not, with the reason."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from tests.reference.kpis import (
    assignments,
    backlog,
    changes,
    concurrency,
    messages,
    outcomes,
    resolutions,
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
    changes,
    concurrency,
    messages,
    outcomes,
    resolutions,
    responses,
    routes,
    service_levels,
    types,
    volume,
)

# KPIs that no topic recomputes, each with the reason.
NOT_RECOMPUTED: Mapping[str, str] = {}
