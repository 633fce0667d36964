"""Made-up opening hours around a change of clocks, in any zone that has one."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.python.models.time_zones import is_disputed, to_local, transitions, zone_names

Row = dict[str, Any]
Span = tuple[str, str]

FIRST, LAST = datetime(1996, 1, 1), datetime(2037, 12, 1)
SCHEDULE_IDS = ("S1", "S2", "S3")
DAILY: tuple[tuple[str, tuple[Span, ...]], ...] = (
    ("12345", (("09:00", "17:00"),)),
    ("12345", (("08:30", "12:00"), ("12:30", "16:45"))),
    ("1234567", (("00:00", "24:00"),)),
    ("1234567", (("00:00", "00:00"),)),
    ("1234567", (("22:00", "06:00"),)),
    ("257", (("20:00", "04:00"), ("00:00", "03:00"))),
    ("1234567", (("09:00", "15:00"), ("12:00", "18:00"), ("18:00", "19:00"))),
)


def _is_agreed(zone: str, change: datetime) -> bool:
    """Whether every database of zones says the same of the weeks around a change."""
    return not any(is_disputed(zone, change + timedelta(days=days)) for days in (-21, 0, 21))


def random_clock_change(random: Random) -> tuple[str, datetime]:
    """A zone and the UTC instant of one of its changes, of the years 1996 to 2037."""
    while True:
        name = random.choice(zone_names())
        found = [at for at in transitions(name) if FIRST <= at < LAST and _is_agreed(name, at)]
        if found:
            return name, random.choice(found)


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _around_the_change(zone: str, change: datetime, random: Random) -> Iterator[tuple[str, Span]]:
    """Openings that begin or end at, beside or within the gap or overlap of a change."""
    before, after = (
        to_local(change - timedelta(seconds=1), zone) + timedelta(seconds=1),
        to_local(change, zone),
    )
    for _ in range(random.randint(1, 3)):
        ends = [
            edge.hour * 60 + edge.minute + random.choice((-60, -30, -15, 0, 15, 30, 60, 90))
            for edge in random.choices((before, after), k=2)
        ]
        weekday = (before.date() + timedelta(days=random.choice((-1, 0, 0, 0)))).isoweekday()
        yield str(weekday), (_clock(ends[0]), random.choice((_clock(ends[1]), "24:00")))


def _any_times(random: Random) -> Iterator[tuple[str, Span]]:
    for _ in range(random.randint(1, 4)):
        yield random.choice("1234567"), (_clock(random.randrange(1440)), _clock(random.randrange(1440)))


def _week(zone: str, change: datetime, random: Random) -> Iterator[Row]:
    kind = random.choice(("daily", "daily", "around the change", "any times"))
    weekdays, spans = random.choice(DAILY)
    openings = [(weekday, span) for weekday in weekdays for span in spans]
    if kind == "around the change":
        openings = list(_around_the_change(zone, change, random))
    elif kind == "any times":
        openings = list(_any_times(random))
    for weekday, (opens, closes) in openings:
        yield {"time_zone": zone, "weekday": int(weekday), "opens": opens, "closes": closes}


def _schedule(schedule_id: str, zones: tuple[str, str], change: datetime, random: Random) -> Iterator[Row]:
    zone = zones[0] if schedule_id == "S1" else random.choice(zones)
    first = list(_week(zone, change, random))
    if random.randrange(3):
        yield from ({"schedule_id": schedule_id, **row} for row in first)
        return
    # An edited schedule: its versions follow each other, leave a gap or overlap.
    last_day = (change + timedelta(days=random.randint(-4, 4))).date()
    next_day = last_day + timedelta(days=random.choice((1, 1, 1, 3, -1)))
    for row in first:
        yield {"schedule_id": schedule_id, **row, "valid_to": last_day.isoformat()}
    for row in _week(random.choice(zones), change, random):
        yield {"schedule_id": schedule_id, **row, "valid_from": next_day.isoformat()}


def _holidays(change: datetime, random: Random) -> Iterator[Row]:
    for _ in range(random.choice((0, 1, 1, 2, 4))):
        first: date = (change + timedelta(days=random.randint(-6, 8))).date()
        yield {
            "schedule_id": random.choice((*SCHEDULE_IDS, "unknown")),
            "starts_on": first.isoformat(),
            "ends_on": (first + timedelta(days=random.choice((0, 0, 1)))).isoformat(),
        }


def random_schedules(zone: str, change: datetime, random: Random) -> tuple[list[Row], list[Row]]:
    """Make up the schedules of one account around a change of clocks.

    Args:
        zone: Zone whose clocks change; the first schedule is in it, another may be elsewhere.
        change: The UTC instant of the change.
        random: Where every choice comes from.

    Returns:
        Records of the streams ``schedules`` (some replaced by a later one) and ``holidays``.
    """
    elsewhere = random.choice([name for name in zone_names() if _is_agreed(name, change)])
    rows: list[Row] = []
    for schedule_id in SCHEDULE_IDS[: random.choice((1, 2, 3, 3))]:
        rows += _schedule(schedule_id, (zone, elsewhere), change, random)
    for row in random.sample(rows, k=random.choice((0, 0, 1))):
        rows.append({**row, "closes": random.choice(("13:00", "23:30", row["closes"]))})
    return rows, list(_holidays(change, random))
