"""The clock of an SLA target: the seconds that pass by it, and when so many of them have passed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from tests.reference.business_hours import Schedule
from tests.reference.records import seconds_between
from tests.reference.schedules import TicketSchedules
from tests.reference.sla_spans import Run

# Opening hours are laid out so many days after the one of as_of.
LOOK_AHEAD = timedelta(days=1096)
STEP = timedelta(days=10)


def whole_second(instant: datetime) -> datetime:
    """The second an instant lies in."""
    return instant.replace(microsecond=0)


def _open(schedule: Schedule | None, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The open time between two instants, a few days at once."""
    if schedule is None:
        yield start, end
        return
    while start < end:
        yield from schedule.intervals(start, min(start + STEP, end))
        start += STEP


@dataclass(frozen=True)
class SlaClock:
    """One kind of clock, calendar or business, over the schedules of one ticket, up to as_of."""

    kind: str
    schedules: TicketSchedules
    as_of: datetime

    def used(self, run: Run) -> int:
        """Whole seconds of a run by this clock, to as_of while it runs."""
        measure = seconds_between if self.kind == "calendar" else self.schedules.cumulative
        return measure(run[0], run[1] or self.as_of)

    def _horizon(self) -> datetime:
        return datetime.combine(self.as_of.date(), time()) + LOOK_AHEAD

    def due(self, run: Run, remaining: int) -> datetime | None:
        """When the last second has passed if the clock runs on under the schedule of the run's end."""
        start, end = run[0], run[1] or self.as_of
        if remaining <= 0:
            return start
        if self.kind == "calendar":
            return whole_second(start) + timedelta(seconds=remaining)
        bounds = [start, *(at for at in self.schedules.starts if start < at < end), self._horizon()]
        for first, last in pairwise(bounds):
            for opened, closed in _open(self.schedules.at(first), first, last):
                seconds = seconds_between(opened, closed)
                if seconds >= remaining:
                    return whole_second(opened) + timedelta(seconds=remaining)
                remaining -= seconds
        return None
