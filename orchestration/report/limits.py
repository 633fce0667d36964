"""How much the page tells: bounded, so that five years of a million tickets fit into 2 MB."""

from collections.abc import Mapping
from dataclasses import dataclass

LARGEST_SITE_BYTES = 2_000_000
# The slices that can be chosen; the others (agent, ticket type, helpdesk) have tables of their own.
SLICES = ("channel", "team", "priority")
TICKET_TYPES = 15
TYPE_EVENTS = 8
AGENTS = 40
FAILED_CHECKS = 50

_ALL_TICKETS = {"day": 400, "week": 106, "month": 120, "quarter": 40, "year": 20}


@dataclass(frozen=True)
class Limits:
    """How many of the newest periods and of the busiest slice values the page tells.

    Attributes:
        of_all: Periods of each grain, of all tickets.
        of_each: The same of each channel, team and priority.
        slice_values: Values of each slice.
    """

    of_all: Mapping[str, int]
    of_each: Mapping[str, int]
    slice_values: int


# The next one is taken where a site would be too large with the one before.
LEVELS = (
    Limits(_ALL_TICKETS, {"day": 35, "week": 53, "month": 37, "quarter": 13, "year": 10}, slice_values=12),
    Limits(_ALL_TICKETS, {"day": 14, "week": 27, "month": 25, "quarter": 9, "year": 6}, slice_values=10),
    Limits(
        _ALL_TICKETS | {"week": 53, "month": 61},
        {"day": 7, "week": 13, "month": 13, "quarter": 5, "year": 3},
        slice_values=6,
    ),
)
