"""When a schedule is open, and the seconds of it between two instants.

An opening is cut at local midnights first; a piece on a holiday is closed; then each local end becomes UTC
by itself (an ambiguous time is its first occurrence, a time in a gap moves forward by the gap), and a piece
that does not end after its start is gone. What touches or overlaps is one interval.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.python.models.time_zones import to_utc
from tests.reference.records import Record, seconds_between, text

Interval = tuple[datetime, datetime]

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Opening:
    """One weekly local opening; ``closes`` may pass midnight. The days limit the day on which it starts."""

    time_zone: str
    weekday: int
    opens: timedelta
    closes: timedelta
    first_day: date
    last_day: date

    def pieces(self, day: date) -> Iterator[tuple[date, datetime, datetime]]:
        """The local pieces of the opening that starts on a day, each with the local date it lies on."""
        if day.isoweekday() != self.weekday or not self.first_day <= day <= self.last_day:
            return
        midnight = datetime.combine(day, time())
        yield day, midnight + self.opens, midnight + min(self.closes, DAY)
        if self.closes > DAY:
            yield day + DAY, midnight + DAY, midnight + self.closes


@dataclass(frozen=True)
class Schedule:
    """The openings of one schedule, all versions, and the days on which it is closed."""

    openings: Sequence[Opening]
    holidays: Sequence[tuple[date, date]] = ()
    _days: dict[date, list[Interval]] = field(default_factory=dict, repr=False, compare=False)

    def opened_on(self, day: date) -> list[Interval]:
        """The UTC pieces of the openings that start on a local day."""
        if day not in self._days:
            pieces = (
                (to_utc(opens_at, opening.time_zone), to_utc(closes_at, opening.time_zone))
                for opening in self.openings
                for lies_on, opens_at, closes_at in opening.pieces(day)
                if not any(first <= lies_on <= last for first, last in self.holidays)
            )
            self._days[day] = [(start, end) for start, end in pieces if start < end]
        return self._days[day]

    def intervals(self, start: datetime, end: datetime) -> list[Interval]:
        """The open intervals between two instants (naive UTC), united and in order."""
        # Days around: zones lie up to 14 hours off, openings run into the next day, Samoa skipped a day.
        days = [start.date() + number * DAY for number in range(-4, (end - start).days + 4)]
        pieces = sorted(
            (max(opened, start), min(closed, end))
            for day in days
            for opened, closed in self.opened_on(day)
            if opened < end and closed > start
        )
        united: list[Interval] = []
        for opened, closed in pieces:
            if united and opened <= united[-1][1]:
                united[-1] = (united[-1][0], max(united[-1][1], closed))
            else:
                united.append((opened, closed))
        return united


def business_seconds(schedule: Schedule | None, start: datetime, end: datetime) -> int:
    """Whole open seconds between two instants, each cut to its second so that parts add up to the whole.

    Args:
        schedule: The schedule; None is always open.
        start: First instant (naive UTC).
        end: Last instant; before the first one it gives 0.
    """
    if end <= start:
        return 0
    intervals = [(start, end)] if schedule is None else schedule.intervals(start, end)
    return sum(seconds_between(opened, closed) for opened, closed in intervals)


def _after_midnight(written: str) -> timedelta:
    hours, minutes = written.split(":")[:2]
    return timedelta(hours=int(hours), minutes=int(minutes))


def _opening(row: Record) -> Opening:
    opens, closes = _after_midnight(row["opens"]), _after_midnight(row["closes"])
    return Opening(
        time_zone=row["time_zone"],
        weekday=int(row["weekday"]),
        opens=opens,
        closes=closes if closes > opens else closes + DAY,
        first_day=date.fromisoformat(text(row.get("valid_from")) or "0001-01-01"),
        last_day=date.fromisoformat(text(row.get("valid_to")) or "9999-12-31"),
    )


def read_schedules(rows: Sequence[Record], holidays: Sequence[Record] = ()) -> Mapping[str, Schedule]:
    """Read the schedules of one account by their id.

    Args:
        rows: Records of the stream ``schedules`` in the order they landed; of two with the same id,
            valid_from, weekday and opens the last one counts.
        holidays: Records of the stream ``holidays``.
    """
    last: dict[tuple[str | None, ...], Record] = {}
    for row in rows:
        last[(row["schedule_id"], text(row.get("valid_from")), text(row["weekday"]), row["opens"])] = row
    closed = [
        (row["schedule_id"], date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"]))
        for row in holidays
    ]
    return {
        schedule_id: Schedule(
            openings=[_opening(row) for row in last.values() if row["schedule_id"] == schedule_id],
            holidays=[(first, until) for owner, first, until in closed if owner == schedule_id],
        )
        for schedule_id in dict.fromkeys(row["schedule_id"] for row in last.values())
    }
