"""Customers as their subscriptions tell: who was there, who left, what they were worth.

Where the catalogue leaves room (decision 16), this reference reads it so:

* A customer is who has a subscription; a gap without a whole day between two is none. What happens at
  midnight belongs to the day that begins. Periods reach to as_of at most.
* Churned is who was there as the period began and left in it, be it to come back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from tests.reference.kpis.figures import Period
from tests.reference.kpis.money import in_reporting_currency, rounded
from tests.reference.kpis.raw import Desk
from tests.reference.records import instant, text


@dataclass(frozen=True)
class Subscription:
    """One subscription; ``margin``: what it earns a month in the reporting currency, if anybody knows."""

    customer_id: str
    started_at: datetime
    ended_at: datetime | None
    margin: Decimal | None


@dataclass(frozen=True)
class Stay:
    """Subscriptions of one customer without a gap."""

    customer_id: str
    started_at: datetime
    ended_at: datetime | None

    def is_there(self, at: datetime) -> bool:
        """Whether it had begun before an instant and did not end before it."""
        return self.started_at < at and (self.ended_at is None or self.ended_at >= at)

    def touches(self, start: datetime, end: datetime) -> bool:
        """Whether some of it lies in a period."""
        return self.started_at < end and (self.ended_at is None or self.ended_at >= start)


def bounds(desk: Desk, period: Period) -> tuple[datetime, datetime]:
    """First instant of a period, and the end of it so far."""
    end = datetime.combine(period.last, time()) + timedelta(days=1)
    return datetime.combine(period.start, time()), min(end, desk.as_of)


@lru_cache(maxsize=4)
def subscriptions(desk: Desk) -> Sequence[Subscription]:
    """Every subscription that has begun, with the end it has reached by as_of.

    Args:
        desk: The desk to read.
    """
    told = []
    for record in desk.stream("subscriptions"):
        started_at = instant(record["started_at"])
        ended_at = instant(record["ended_at"]) if record.get("ended_at") else None
        if started_at > desk.as_of:
            continue
        revenue = in_reporting_currency(
            desk, record.get("monthly_revenue"), text(record.get("currency")), started_at.date()
        )
        rate = text(record.get("margin_rate"))
        margin = None if revenue is None or rate is None else rounded(revenue * Decimal(rate))
        is_over = ended_at is not None and ended_at <= desk.as_of
        told.append(Subscription(record["customer_id"], started_at, ended_at if is_over else None, margin))
    return told


def _is_gap(ended_at: datetime, started_at: datetime) -> bool:
    first_whole: date = ended_at.date() if ended_at.time() == time() else ended_at.date() + timedelta(days=1)
    return started_at.date() - first_whole >= timedelta(days=1)


@lru_cache(maxsize=4)
def stays(desk: Desk) -> Sequence[Stay]:
    """The stays of every customer.

    Args:
        desk: The desk to read.
    """
    found: list[Stay] = []
    for told in sorted(subscriptions(desk), key=lambda s: (s.customer_id, s.started_at)):
        last = found[-1] if found and found[-1].customer_id == told.customer_id else None
        if last is None or (last.ended_at and _is_gap(last.ended_at, told.started_at)):
            found.append(Stay(told.customer_id, told.started_at, told.ended_at))
        else:
            is_open = last.ended_at is None or told.ended_at is None
            ended_at = None if is_open else max(last.ended_at, told.ended_at)
            found[-1] = Stay(told.customer_id, last.started_at, ended_at)
    return found


def there_at(desk: Desk, at: datetime) -> set[str]:
    """The customers of an instant.

    Args:
        desk: The desk to read.
        at: The instant.
    """
    return {stay.customer_id for stay in stays(desk) if stay.is_there(at)}


def lost_in(desk: Desk, start: datetime, end: datetime) -> set[str]:
    """Of those there at the start, who left before the end.

    Args:
        desk: The desk to read.
        start: Beginning of the period.
        end: Its end, excluded.
    """
    return {
        stay.customer_id
        for stay in stays(desk)
        if stay.is_there(start) and stay.ended_at is not None and stay.ended_at < end
    }
