"""Made-up tickets with every fault that real extracts have, drawn from any source of randomness."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

Event = dict[str, Any]
TicketHistory = tuple[dict[str, Any], list[Event]]

START = datetime(2026, 3, 2, tzinfo=UTC)
AS_OF = START + timedelta(days=10)

CODES = ("new", "open", "pending", "hold", "solved", "closed")
UNKNOWN_CODES = ("awaiting_vendor", "Resolved?", "9")
VALUES: dict[str, tuple[str | None, ...]] = {
    "assignee_id": (None, "A", "B", "C"),
    "group_id": (None, "G1", "G2"),
    "priority": (None, "low", "high"),
    "type": ("question", "problem"),
    "is_deleted": ("false", "true"),
}
FIELDS = (*("status",) * 6, "assignee_id", "is_deleted", *VALUES)


def _one_in(random: Random, count: int) -> bool:
    return random.randrange(count) == count - 1


def _moment(random: Random, first_hour: int, last_hour: int) -> datetime:
    # Whole hours mostly, so that events often share an instant with each other, the creation or as_of.
    return START + timedelta(
        hours=random.randint(first_hour, last_hour), seconds=random.choice((0, 0, 0, 59))
    )


def _written(moment: datetime, random: Random) -> str:
    if _one_in(random, 6):
        return f"{moment + timedelta(hours=2):%Y-%m-%dT%H:%M:%S}+02:00"
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _next_status(code: str | None, random: Random) -> str:
    if code != "deleted" and _one_in(random, 6):
        return random.choice((*UNKNOWN_CODES, *("deleted",) * 3))
    following = random.choice([other for other in CODES if other != (code or "").lower()])
    return random.choice((following, following, following.upper()))


def _next_value(field: str, values: dict[str, str | None], random: Random) -> str | None:
    if field == "status":
        return _next_status(values[field], random)
    return random.choice([other for other in VALUES[field] if other != values[field]])


def _told_old_value(field: str, values: dict[str, str | None], random: Random) -> str | None:
    # Deletions are always told truly: what a false one would mean is nowhere decided.
    if values[field] == "deleted" or field == "is_deleted" or not _one_in(random, 8):
        return values[field]
    return random.choice((None, *CODES, *UNKNOWN_CODES) if field == "status" else VALUES[field])


def _true_events(
    ticket_id: str, created_hour: int, values: dict[str, str | None], random: Random
) -> list[Event]:
    """Events in the order they count; ``values`` becomes what holds after the last one."""
    count = 0 if _one_in(random, 8) else random.randint(1, 10)
    last_hour = created_hour + random.choice((6, 60, 300))
    # Numbers without leading zeros: as text, "…-10" comes before "…-9".
    slots = sorted(
        (_moment(random, created_hour - 2, last_hour), f"{ticket_id}-{n + 5}") for n in range(count)
    )
    events: list[Event] = []
    for moment, event_id in slots:
        event = {"event_id": event_id, "ticket_id": ticket_id, "occurred_at": _written(moment, random)}
        if values["merged_into_id"] is None and _one_in(random, 30):
            values["merged_into_id"] = f"{ticket_id}-target"
            events.append({**event, "field": "merged_into_id", "new_value": values["merged_into_id"]})
            continue
        field = random.choice(FIELDS)
        old, new = _told_old_value(field, values, random), _next_value(field, values, random)
        events.append({**event, "field": field, "old_value": old, "new_value": new})
        values[field] = new
    return events


def _as_landed(events: list[Event], random: Random) -> list[Event]:
    """Out of order, with exact repeats and with other versions of the same event."""
    landed = list(events)
    for event in events:
        if _one_in(random, 5):
            landed.append(dict(event))
        is_plain = event["field"] not in ("is_deleted", "merged_into_id") and "deleted" not in event.values()
        if is_plain and _one_in(random, 10):
            other = CODES if event["field"] == "status" else VALUES[event["field"]]
            landed.append({**event, "new_value": random.choice(other)})
    if not _one_in(random, 3):
        random.shuffle(landed)
    return landed


def random_history(random: Random, ticket_id: str = "1") -> TicketHistory:
    """Make up one ticket and its events around ``START`` … ``AS_OF``.

    Args:
        random: Where every choice comes from; the same state gives the same history.
        ticket_id: Id of the ticket; event ids begin with it, so those of two tickets never meet.

    Returns:
        The record of stream ``tickets`` and its ``ticket_events`` in the order they land.
    """
    created_hour = random.choice((0, 0, 24, 24, 24, 150, 200, 240, 241))
    values = {field: random.choice(choices) for field, choices in VALUES.items()}
    first_status = random.choice(("new", "new", "New", *CODES, None, UNKNOWN_CODES[0]))
    values |= {"status": first_status, "is_deleted": "false", "merged_into_id": None}
    events = _true_events(ticket_id, created_hour, values, random)
    if not events and _one_in(random, 6):
        values["status"] = "deleted"
    if _one_in(random, 15):
        values["merged_into_id"] = f"{ticket_id}-target"
    is_deleted = values["is_deleted"] == "true" or values["status"] == "deleted" or _one_in(random, 12)
    ticket = {
        **values,
        "ticket_id": ticket_id,
        "created_at": _written(START + timedelta(hours=created_hour), random),
        "updated_at": None
        if _one_in(random, 4)
        else _written(_moment(random, created_hour - 1, 300), random),
        "is_deleted": is_deleted,
        "is_spam": _one_in(random, 12),
        "is_test": None if _one_in(random, 4) else _one_in(random, 12),
    }
    return ticket, _as_landed(events, random)


def random_helpdesk(random: Random, count: int) -> list[TicketHistory]:
    """Make up ``count`` tickets of one helpdesk, with ids of their own."""
    return [random_history(random, str(number + 1)) for number in range(count)]
