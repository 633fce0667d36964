"""Opening hours as instants: when a desk is open, and when so many open seconds have passed."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

NEVER = 1 << 60


@dataclass(frozen=True)
class Opening:
    """One weekly opening: local ``opens`` to ``closes`` (HH:MM; at or before opens is the next day's)."""

    schedule_id: str
    name: str
    time_zone: str
    weekday: int
    opens: str
    closes: str
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the desk opens so on this local day."""
        return (
            day.isoweekday() == self.weekday
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_to is None or day <= self.valid_to)
        )


@dataclass(frozen=True)
class Holiday:
    """Local days, both inclusive, on which a schedule is closed."""

    schedule_id: str
    starts_on: date
    ends_on: date
    name: str


class OpeningHours:
    """The open intervals of one schedule, in seconds since 1970 UTC, with the open seconds before each."""

    def __init__(self, intervals: Sequence[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in intervals]
        self._ends = [end for _, end in intervals]
        lengths = (end - start for start, end in intervals)
        self._open_before = list(accumulate(lengths, initial=0))[: len(intervals)]

    def is_open(self, instant: int) -> bool:
        """Whether the schedule is open at an instant (seconds since 1970 UTC)."""
        index = bisect_right(self._starts, instant) - 1
        return index >= 0 and instant < self._ends[index]

    def before(self, instant: int) -> int:
        """Open seconds up to an instant (seconds since 1970 UTC), from the first known opening."""
        index = bisect_right(self._starts, instant) - 1
        if index < 0:
            return 0
        return self._open_before[index] + min(instant, self._ends[index]) - self._starts[index]

    def after(self, instant: int, open_seconds: int) -> int:
        """The instant at which so many open seconds have passed.

        Args:
            instant: Where to start, in seconds since 1970 UTC.
            open_seconds: Open seconds to let pass; 0 gives the instant itself, or the next opening.

        Returns:
            Seconds since 1970 UTC; NEVER when the known openings end before that.
        """
        target = self.before(instant) + open_seconds
        index = bisect_right(self._open_before, target) - 1
        if index < 0:
            return NEVER
        result = self._starts[index] + target - self._open_before[index]
        return result if result < self._ends[index] else NEVER

    def starting_in(self, begin: int, end: int) -> list[tuple[int, int]]:
        """The open intervals that start in ``[begin, end)``, in seconds since 1970 UTC."""
        found = slice(bisect_left(self._starts, begin), bisect_left(self._starts, end))
        return list(zip(self._starts[found], self._ends[found], strict=True))


def opening_hours(
    openings: Iterable[Opening], holidays: Iterable[Holiday], first: date, last: date
) -> OpeningHours:
    """Lay weekly openings onto real dates.

    Args:
        openings: The openings of one schedule.
        holidays: Its closed days.
        first: First local day of interest.
        last: Last local day of interest.

    Returns:
        The open intervals; an ambiguous local time is its first occurrence.
    """
    known = list(openings)
    closed = list(holidays)
    pieces: list[tuple[int, int]] = []
    for offset in range(-1, (last - first).days + 2):
        day = first + timedelta(days=offset)
        for opening in known:
            if opening.holds_on(day):
                pieces += _pieces(opening, day, closed)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return OpeningHours(merged)


def _pieces(opening: Opening, day: date, closed: Sequence[Holiday]) -> list[tuple[int, int]]:
    """An opening cut at local midnight, so that a holiday takes away only its own day."""
    next_day = day + timedelta(days=1)
    midnight = _instant(next_day, "00:00", opening.time_zone)
    starts = _instant(day, opening.opens, opening.time_zone)
    found = [(day, starts, midnight)]
    if opening.closes != "24:00":
        closes_on = next_day if opening.closes <= opening.opens else day
        ends = _instant(closes_on, opening.closes, opening.time_zone)
        found = [(day, starts, min(ends, midnight)), (next_day, midnight, ends)]
    return [
        (start, end)
        for piece_day, start, end in found
        if start < end and not any(h.starts_on <= piece_day <= h.ends_on for h in closed)
    ]


def _instant(day: date, clock: str, time_zone: str) -> int:
    local = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(time_zone))
    return int(local.astimezone(UTC).timestamp())
