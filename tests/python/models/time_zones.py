"""The other reading of local time: Python's zoneinfo on the tzdata package that the lock pins."""

import io
import struct
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

FIRST = datetime(1970, 1, 1)
LAST = datetime(2038, 1, 1)
MICROSECOND = timedelta(microseconds=1)

# tzdata 2026f keeps Cuba on summer time through the winter of 2026–27; the older database in DuckDB 2.0.0 has
# winter time. Times in this window (UTC) are compared only by the test that says where the two differ.
DISPUTED = {zone: (datetime(2026, 11, 1, 5), datetime(2027, 3, 14, 5)) for zone in ("America/Havana", "Cuba")}


@cache
def zone_names() -> list[str]:
    """Every IANA zone of the tzdata package, links too."""
    return resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()


@cache
def _file(name: str) -> bytes:
    # Not ZoneInfo(name): that would read the machine's own, often older, files first.
    return resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


@cache
def zone(name: str) -> ZoneInfo:
    """One zone of the tzdata package."""
    return ZoneInfo.from_file(io.BytesIO(_file(name)), key=name)


@cache
def transitions(name: str) -> list[datetime]:
    """The naive UTC instants from 1970 to 2037 at which a zone's clocks or rules change."""
    listed = _listed_transitions(name)
    # After the last one listed, a zone keeps its offset or moves it on the same days each year.
    return [
        instant
        for instant in listed + _yearly_transitions(name, max([FIRST, *listed]))
        if FIRST <= instant < LAST
    ]


def _listed_transitions(name: str) -> list[datetime]:
    """The transitions that a zone's file lists (TZif, RFC 9636)."""
    content = _file(name)
    # The version 1 block holds 32-bit times only; the header of version 2 follows it.
    utc_local, standard_wall, leaps, times, types, characters = struct.unpack(">4s1s15x6l", content[:44])[2:]
    start = 44 + 5 * times + 6 * types + characters + 8 * leaps + standard_wall + utc_local
    times = struct.unpack(">4s1s15x6l", content[start : start + 44])[5]
    seconds = struct.unpack(f">{times}q", content[start + 44 : start + 44 + 8 * times])
    return [FIRST + timedelta(seconds=each) for each in seconds]


def _yearly_transitions(name: str, begin: datetime) -> list[datetime]:
    """The transitions that a zone's rule for the years to come makes, found by halving weeks."""
    found: list[datetime] = []
    if b"," not in _file(name).rsplit(b"\n", 2)[1]:
        return found
    week = timedelta(days=7)
    while begin < LAST:
        earlier, later = begin, begin + week
        if _offset(earlier, name) != _offset(later, name):
            while later - earlier > timedelta(seconds=1):
                middle = (earlier + (later - earlier) / 2).replace(microsecond=0)
                is_after = _offset(middle, name) != _offset(earlier, name)
                earlier, later = (earlier, middle) if is_after else (middle, later)
            found.append(later)
        begin += week
    return found


def _offset(instant: datetime, name: str) -> timedelta:
    return to_local(instant, name) - instant


def to_local(instant: datetime, name: str) -> datetime:
    """A naive UTC instant as naive local time."""
    return zone(name).fromutc(instant.replace(tzinfo=zone(name))).replace(tzinfo=None)


def to_utc(local: datetime, name: str) -> datetime:
    """A naive local time as naive UTC: an ambiguous one is its first occurrence, a gap moves forward."""
    offset = local.replace(tzinfo=zone(name), fold=0).utcoffset()
    assert offset is not None
    return local - offset


def is_disputed(name: str, moment: datetime) -> bool:
    """Whether the two time zone databases may differ within a day of a moment, local or UTC."""
    first, last = DISPUTED.get(name, (LAST, LAST))
    return first - timedelta(days=1) <= moment < last + timedelta(days=1)


def instants_around_transitions() -> list[tuple[str, datetime]]:
    """Every zone's instants at, just before and just after each of its transitions."""
    return [
        (name, transition + step)
        for name in zone_names()
        for transition in transitions(name)
        for step in (-MICROSECOND, timedelta(), MICROSECOND)
    ]


def local_times_around_transitions() -> list[tuple[str, datetime]]:
    """Every zone's local times at both edges of each gap and overlap, in its middle, and just beside them."""
    found = []
    for name in zone_names():
        for transition in transitions(name):
            before = to_local(transition - MICROSECOND, name) + MICROSECOND
            after = to_local(transition, name)
            for edge in (before, before + (after - before) / 2, after):
                found += [(name, edge + step) for step in (-MICROSECOND, timedelta(), MICROSECOND)]
    return found


def instants_of_every_month() -> list[tuple[str, datetime]]:
    """Every zone's instants a month apart: finds rules that only the other database knows."""
    months = [datetime(year, month, 15, 12) for year in range(1970, 2038) for month in range(1, 13)]
    return [(name, instant) for name in zone_names() for instant in months]
