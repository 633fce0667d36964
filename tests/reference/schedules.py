"""Which schedule a ticket is under at each instant, and the three ways to measure with them.

A ticket is under the schedule that its events name; before the first event that is the event's old value,
without one the ticket row's. No or an unknown schedule is the account's default; without that, or when the
default is unknown, the desk is always open.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from tests.reference.business_hours import Schedule, business_seconds
from tests.reference.changes import initial_value
from tests.reference.history import History
from tests.reference.records import Record, ordered_changes

Measure = Callable[[datetime, datetime], int]


@dataclass(frozen=True)
class OpeningHours:
    """The schedules of one account, and which of them holds where none is named."""

    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    default_schedule_id: str | None = None

    def of(self, schedule_id: str | None) -> Schedule | None:
        """The schedule of that id, else the default one; None is always open."""
        for candidate in (schedule_id, self.default_schedule_id):
            if candidate is not None and candidate in self.schedules:
                return self.schedules[candidate]
        return None


@dataclass(frozen=True)
class TicketSchedules:
    """The schedules of one ticket, each from its instant on until the next one's."""

    starts: Sequence[datetime]
    schedules: Sequence[Schedule | None]

    def at(self, instant: datetime) -> Schedule | None:
        """The schedule in force at an instant; a change at that instant has happened."""
        return self.schedules[max(bisect_right(self.starts, instant) - 1, 0)]

    def cumulative(self, start: datetime, end: datetime) -> int:
        """Open seconds of each stretch under the schedule in force then."""
        bounds = [start, *(at for at in self.starts if start < at < end), end]
        return sum(business_seconds(self.at(first), first, last) for first, last in pairwise(bounds))

    def measures(self, measured_until: datetime) -> dict[str, Measure]:
        """The three modes by the end of their columns' names, for a time that ends at an instant."""
        return {
            "business_seconds": self.cumulative,
            "business_seconds_at_event": _under(self.at(measured_until)),
            "business_seconds_at_creation": _under(self.schedules[0]),
        }


def _under(schedule: Schedule | None) -> Measure:
    return lambda start, end: business_seconds(schedule, start, end)


def ticket_schedules(
    ticket: Record, events: Sequence[Record], history: History, hours: OpeningHours
) -> TicketSchedules:
    """Read which schedules one ticket was under from its creation on.

    Changes after as_of are in it too; what is measured ends before them.

    Args:
        ticket: Record of the stream ``tickets``.
        events: Its ``ticket_events`` in the order they landed.
        history: Its history at as_of; changes at its merge or later are ignored.
        hours: The account's schedules.
    """
    changes = ordered_changes(ticket, events)
    named = {history.created_at: initial_value("schedule_id", ticket, changes)}
    for change in changes:
        is_lived = history.merged_at is None or change.at < history.merged_at
        if change.field == "schedule_id" and is_lived:
            named[change.at] = change.new
    return TicketSchedules(list(named), [hours.of(schedule_id) for schedule_id in named.values()])
