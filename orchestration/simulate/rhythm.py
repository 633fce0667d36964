"""When tickets arrive: days and weeks of each region, slow growth, and a few days of storm."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from orchestration.simulate.chance import Chance
from orchestration.simulate.company import REGIONS, Region
from orchestration.simulate.opening_hours import Holiday

HOUR = 3_600
YEARLY_GROWTH = 0.3
_HOURLY = (3, 2, 1, 1, 1, 2, 5, 12, 30, 52, 60, 58, 48, 52, 56, 52, 46, 38, 28, 24, 22, 18, 11, 6)
_WEEKLY = (1.25, 1.1, 1.0, 0.98, 0.92, 0.42, 0.33)


@dataclass(frozen=True)
class Arrival:
    """A ticket comes in: ``instant`` in seconds since 1970 UTC; ``is_storm`` on a day out of the ordinary."""

    instant: int
    region: Region
    is_storm: bool


def arrivals(
    first: date, last: date, count: int, holidays: list[Holiday], chance: Chance
) -> Iterator[Arrival]:
    """Arrivals in order of time.

    Args:
        first: First UTC day.
        last: Last UTC day.
        count: How many; exactly so many come.
        holidays: Days on which a region asks less.
        chance: What happens by chance.

    Yields:
        One arrival after the other; nothing is kept but one weight per hour.
    """
    starts_at = int(datetime.combine(first, datetime.min.time(), UTC).timestamp())
    days = (last - first).days + 1
    storms = {chance.randrange(days): chance.uniform(2.2, 3.8) for _ in range(round(days / 75))}
    growth = [(1 + YEARLY_GROWTH) ** (day / 365) * storms.get(day, 1.0) for day in range(days)]
    by_region = [_hourly_weights(region, first, growth, holidays, chance) for region in REGIONS]
    hours = list(zip(*by_region, strict=True))
    cumulative = list(accumulate(map(sum, hours), initial=0.0))
    for number in range(count):
        # One draw in each of `count` equal shares of the total: in order without sorting.
        position = (number + chance.random()) / count * cumulative[-1]
        hour = min(bisect_right(cumulative, position), len(hours)) - 1
        part = (position - cumulative[hour]) / (cumulative[hour + 1] - cumulative[hour])
        region = chance.choices(REGIONS, weights=hours[hour])[0]
        instant = starts_at + hour * HOUR + min(int(part * HOUR), HOUR - 1)
        yield Arrival(instant, region, hour // 24 in storms)


def _hourly_weights(
    region: Region, first: date, growth: list[float], holidays: list[Holiday], chance: Chance
) -> list[float]:
    zone = ZoneInfo(region.time_zone)
    quiet = _quiet_days(region, holidays)
    daily = [region.slots * level * chance.lognormvariate(0, 0.12) for level in growth]
    midnight = datetime.combine(first, datetime.min.time(), UTC)
    weights: list[float] = []
    for hour in range(len(daily) * 24):
        local = (midnight + timedelta(hours=hour)).astimezone(zone)
        weight = daily[hour // 24] * _HOURLY[local.hour] * _WEEKLY[local.weekday()]
        weights.append(weight * (0.4 if local.date() in quiet else 1.0))
    return weights


def _quiet_days(region: Region, holidays: list[Holiday]) -> set[date]:
    return {
        holiday.starts_on + timedelta(days=offset)
        for holiday in holidays
        if holiday.schedule_id == region.schedule_id
        for offset in range((holiday.ends_on - holiday.starts_on).days + 1)
    }
