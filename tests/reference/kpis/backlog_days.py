"""The unsolved tickets at the end of every day, as they were then: read as if that instant were now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from tests.reference.kpis.figures import Period, Where
from tests.reference.kpis.lives import Holder, Life, all_lives, day, held
from tests.reference.kpis.raw import Desk
from tests.reference.lifecycle import TicketFacts, ticket_facts
from tests.reference.records import UNSOLVED, flag, seconds_between
from tests.reference.waits import reply_waits

ONE_DAY = timedelta(days=1)
LEAST = timedelta(microseconds=1)


@dataclass(frozen=True)
class Unsolved:
    """One ticket unsolved at the end of a day."""

    life: Life
    facts: TicketFacts
    on: date
    seen_at: datetime

    @property
    def age_seconds(self) -> int:
        """How old it is when the day is over."""
        return seconds_between(self.facts.created_at, self._day_end)

    @property
    def _day_end(self) -> datetime:
        return min(datetime.combine(self.on + ONE_DAY, time()), self.life.desk.as_of)

    @property
    def where(self) -> Where:
        """Its slices, credited to who had it then."""
        return self.life.where(Holder(self.facts.assignee_id, self.facts.group_id))

    def waiting_seconds(self) -> int | None:
        """How long its customer has waited when the day is over; None while nobody waits."""
        life, hours = self.life, self.life.desk.opening_hours()
        waits = reply_waits(life.ticket, life.events, life.messages, hours, self.seen_at)
        asked_at = next((wait.asked_at for wait in waits if wait.state == "waiting"), None)
        return None if asked_at is None else seconds_between(asked_at, self._day_end)


def first_day(desk: Desk) -> date:
    """The day of the first ticket.

    Args:
        desk: The desk to read.
    """
    return min(day(life.facts.created_at) for life in all_lives(desk))


def until_as_of(periods: Sequence[Period], desk: Desk) -> list[Period]:
    """Periods of which the last day is that of as_of where they still run.

    Args:
        periods: The periods.
        desk: The desk to read.
    """
    return [replace(period, last=min(period.last, day(desk.as_of))) for period in periods]


def seen_at(on: date, desk: Desk) -> datetime:
    """The last instant of a day, or as_of when that comes first.

    Args:
        on: The day.
        desk: The desk to read.
    """
    return min(datetime.combine(on + ONE_DAY, time()) - LEAST, desk.as_of)


@lru_cache(maxsize=4)
def unsolved_by_day(desk: Desk) -> Sequence[Unsolved]:
    """Every ticket that was unsolved at the end of a day, once a day; spam and tests never.

    Args:
        desk: The desk to read.
    """
    found = []
    on = first_day(desk)
    while on <= day(desk.as_of):
        instant = seen_at(on, desk)
        for life in all_lives(desk):
            facts = ticket_facts(life.ticket, life.events, instant)
            if facts is not None and facts.is_countable and facts.status in UNSOLVED:
                found.append(Unsolved(life, facts, on, instant))
        on += ONE_DAY
    return found


def ever_in_backlog(desk: Desk) -> list[Life]:
    """Tickets that are in the backlog while unsolved, those deleted or merged later too; no spam, no tests.

    Args:
        desk: The desk to read.
    """
    return [
        life
        for life in all_lives(desk)
        if not flag(life.ticket.get("is_spam")) and not flag(life.ticket.get("is_test"))
    ]


def backlog_begins(desk: Desk) -> Iterator[tuple[date, Where]]:
    """Where there is a backlog from which day on: with whoever held an unsolved ticket or created one solved.

    Args:
        desk: The desk to read.
    """
    for life in ever_in_backlog(desk):
        for spell in life.spells:
            if spell.status in UNSOLVED or (spell.is_solve and spell is life.spells[0]):
                yield day(spell.started_at), life.where(held(spell))
