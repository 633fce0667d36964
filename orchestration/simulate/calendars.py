"""The invented company's desks: their weekly hours and holidays."""

from collections.abc import Iterator
from datetime import date, timedelta

from orchestration.simulate.opening_hours import Holiday, Opening

RIGA = "sched-riga"
CHICAGO = "sched-chicago"
TOKYO = "sched-tokyo"
TOKYO_LATE = "sched-tokyo-late"
ALWAYS = "sched-always"

_WORKDAYS = range(1, 6)
_EVERY_DAY = range(1, 8)


def company_openings(first: date, last: date) -> list[Opening]:
    """The weekly openings of every schedule.

    Args:
        first: First day of the simulation.
        last: Last day of the simulation; half-way between, Chicago begins to work on Saturdays.

    Returns:
        One record per opening and version of its schedule.
    """
    change = first + (last - first) / 2
    riga = ("Riga office", "Europe/Riga")
    chicago = ("Chicago office", "America/Chicago")
    openings = [Opening(RIGA, *riga, day, "08:30", "12:30") for day in _WORKDAYS]
    openings += [Opening(RIGA, *riga, day, "13:15", "17:30") for day in _WORKDAYS]
    before = change - timedelta(days=1)
    openings += [Opening(CHICAGO, *chicago, day, "08:00", "17:00", None, before) for day in _WORKDAYS]
    openings += [Opening(CHICAGO, *chicago, day, "08:00", "18:00", change) for day in _WORKDAYS]
    openings += [Opening(CHICAGO, *chicago, 6, "10:00", "16:00", change)]
    openings += [Opening(TOKYO, "Tokyo office", "Asia/Tokyo", day, "09:00", "18:00") for day in _WORKDAYS]
    late = ("Tokyo late desk", "Asia/Tokyo")
    openings += [Opening(TOKYO_LATE, *late, day, "16:00", "01:00") for day in range(1, 7)]
    openings += [Opening(ALWAYS, "Round the clock", "Etc/UTC", day, "00:00", "24:00") for day in _EVERY_DAY]
    return openings


def company_holidays(first: date, last: date) -> list[Holiday]:
    """The holidays of every schedule in the years touched.

    Args:
        first: First day of the simulation.
        last: Last day of the simulation.

    Returns:
        One record per holiday and schedule; the desk that is always open has none.
    """
    return [holiday for year in range(first.year, last.year + 1) for holiday in _of_year(year)]


def _of_year(year: int) -> Iterator[Holiday]:
    def closed(schedule: str, name: str, month: int, day: int, days: int = 1) -> Holiday:
        starts_on = date(year, month, day)
        return Holiday(schedule, starts_on, starts_on + timedelta(days=days - 1), name)

    yield closed(RIGA, "New Year's Day", 1, 1)
    yield closed(RIGA, "Labour Day", 5, 1)
    yield closed(RIGA, "Midsummer", 6, 23, days=2)
    yield closed(RIGA, "Proclamation Day", 11, 18)
    yield closed(RIGA, "Christmas", 12, 24, days=3)
    yield closed(CHICAGO, "New Year's Day", 1, 1)
    yield closed(CHICAGO, "Independence Day", 7, 4)
    yield closed(CHICAGO, "Thanksgiving", 11, _fourth_thursday_of_november(year))
    yield closed(CHICAGO, "Christmas Day", 12, 25)
    for schedule in (TOKYO, TOKYO_LATE):
        yield closed(schedule, "New Year", 1, 1, days=3)
        yield closed(schedule, "Foundation Day", 2, 11)
        yield closed(schedule, "Golden Week", 5, 3, days=3)
        yield closed(schedule, "Culture Day", 11, 3)


def _fourth_thursday_of_november(year: int) -> int:
    return 22 + (3 - date(year, 11, 22).weekday()) % 7
