"""Zendesk's minutes: instants are cut to the minute before they are subtracted."""

from typing import NamedTuple

from orchestration.simulate.opening_hours import OpeningHours

MINUTE = 60


class Minutes(NamedTuple):
    """A time on both clocks."""

    calendar: int
    business: int

    def plus(self, other: "Minutes") -> "Minutes":
        """Both times together."""
        return Minutes(self.calendar + other.calendar, self.business + other.business)

    def record(self) -> dict[str, int | None]:
        """As the API writes it."""
        return {"calendar": self.calendar, "business": self.business}


NOTHING = Minutes(0, 0)


def minutes_between(hours: OpeningHours, start: int, end: int) -> Minutes:
    """Minutes from one instant to another, in seconds since 1970 UTC.

    10:57:49 to 11:29:29 is 32 for Zendesk, though only 31 whole minutes have passed.

    Args:
        hours: The schedule.
        start: From.
        end: To.

    Returns:
        Minutes of the calendar, and those of them in which the schedule is open.
    """
    first, last = start - start % MINUTE, end - end % MINUTE
    return Minutes((last - first) // MINUTE, (hours.before(last) - hours.before(first)) // MINUTE)
