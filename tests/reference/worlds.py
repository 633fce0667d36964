"""Whole made-up helpdesks: tickets with their events, messages and schedules around a change of clocks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count as numbers
from random import Random
from typing import Any

from tests.reference.business_hours import read_schedules
from tests.reference.histories import AS_OF, START, random_history
from tests.reference.random_messages import random_messages
from tests.reference.random_schedules import SCHEDULE_IDS, random_clock_change, random_schedules
from tests.reference.records import instant
from tests.reference.schedules import OpeningHours

Row = dict[str, Any]

INSTANTS = ("created_at", "updated_at", "occurred_at")


@dataclass(frozen=True)
class World:
    """Records of one account in the open format, its default schedule, and the instant to look at it."""

    tickets: Sequence[Row]
    events: Sequence[Row]
    messages: Sequence[Row]
    schedules: Sequence[Row]
    holidays: Sequence[Row]
    default_schedule_id: str | None
    as_of: datetime

    def opening_hours(self) -> OpeningHours:
        """The schedules as the reference reads them."""
        return OpeningHours(read_schedules(self.schedules, self.holidays), self.default_schedule_id)

    def histories(self) -> Iterator[tuple[Row, list[Row], list[Row]]]:
        """Each ticket with its own events and messages."""
        events, messages = _by_ticket(self.events), _by_ticket(self.messages)
        for ticket in self.tickets:
            yield ticket, events[ticket["ticket_id"]], messages[ticket["ticket_id"]]


def _by_ticket(rows: Sequence[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["ticket_id"]].append(row)
    return found


def _moved(row: Row, by: timedelta) -> Row:
    """A record at another time, each instant still written in its own offset."""
    moved = {name: datetime.fromisoformat(row[name]) + by for name in INSTANTS if row.get(name)}
    return {**row, **{name: at.isoformat().replace("+00:00", "Z") for name, at in moved.items()}}


def _schedule_events(ticket_id: str, moments: Sequence[datetime], random: Random) -> list[Row]:
    ids = (None, *SCHEDULE_IDS, "unknown")
    value = random.choice(ids)
    slots = sorted(
        (random.choice(moments), f"{ticket_id}-s{number + 8}")
        for number in range(random.choice((0, 0, 1, 3)))
    )
    events = []
    for moment, event_id in slots:
        old, value = random.choice((value, value, value, random.choice(ids))), random.choice(ids)
        row = {"event_id": event_id, "ticket_id": ticket_id, "occurred_at": f"{moment.isoformat()}Z"}
        events.append({**row, "field": "schedule_id", "old_value": old, "new_value": value})
    return events


def _first_ticket(start: datetime) -> tuple[Row, Row]:
    """A ticket with one message long known, so that the stream of messages is there whatever comes."""
    at = f"{start.isoformat()}Z"
    ticket = {"ticket_id": "0", "created_at": at, "status": "open", "schedule_id": SCHEDULE_IDS[0]}
    message = {"message_id": "0", "ticket_id": "0", "sent_at": at, "author_type": "customer"}
    return ticket, {**message, "is_description": True}


def random_world(random: Random, count: int, days: int = 0) -> World:
    """Make up a helpdesk of ``count`` tickets (and a quiet one) whose days go across a change of clocks.

    Args:
        random: Where every choice comes from; the same state gives the same world.
        count: Number of tickets.
        days: Days over which their histories begin, beyond the few in which all of them do.
    """
    zone, change = random_clock_change(random)
    schedules, holidays = random_schedules(zone, change, random)
    by = change - instant(START) - timedelta(hours=random.randint(0, 200))
    start = instant(START) + by
    prefix = random.choice(("", "m-"))
    ids = (f"{prefix}{number}" for number in numbers(1))
    tickets, messages = ([row] for row in _first_ticket(start))
    events: list[Row] = []
    for number in range(count):
        drawn, told = random_history(random, str(number + 1))
        later = by + timedelta(days=random.randint(0, days) if days else 0)
        ticket = {
            **_moved(drawn, later),
            "schedule_id": random.choice((None, *SCHEDULE_IDS, "unknown")),
            "requester_id": random.choice((None, "R1", "R1", "R1")),
            "origin": random.choice((None, "customer", "customer", "agent_on_behalf", "proactive_outbound")),
        }
        told = [_moved(event, later) for event in told]
        created_at = instant(ticket["created_at"])
        moments = [created_at + timedelta(hours=hours) for hours in (-1, 0, *random.sample(range(200), k=5))]
        moments += [instant(event["occurred_at"]) for event in told] + [change]
        told += _schedule_events(ticket["ticket_id"], moments, random)
        tickets.append(ticket)
        events += told
        messages += random_messages(ticket, created_at, moments, ids, random)
    as_of = instant(AS_OF) + by + timedelta(days=days) - timedelta(hours=random.choice((0, 0, 1, 60)))
    default_schedule_id = random.choice((None, "S1", "S1", "S2", "unknown"))
    return World(tickets, events, messages, schedules, holidays, default_schedule_id, as_of)
