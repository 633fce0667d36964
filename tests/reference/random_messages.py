"""Made-up messages of a ticket: every kind, in sessions, at one instant with each other and with events."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]

AUTHORS = (
    ("agent", "A"),
    ("agent", "A"),
    ("agent", "B"),
    ("agent", None),
    ("agent", "R1"),
    ("customer", "R1"),
    ("customer", "R1"),
    ("customer", "R2"),
    ("customer", None),
    ("bot", "bot"),
    ("system", None),
)


def _written(moment: datetime) -> str:
    return f"{moment.isoformat()}Z"


def _message(random: Random, moments: Sequence[datetime]) -> Row:
    author_type, author_id = random.choice(AUTHORS)
    fraction = random.choice((0, 0, 0, 0, 100, 900))
    return {
        "sent_at": _written(random.choice(moments) + timedelta(milliseconds=fraction)),
        "author_type": author_type,
        "author_id": author_id,
        "is_public": random.choice((True, True, True, None, None, "false")),
        "is_automated": random.choice((None, False, False, False, True)),
        # The second session may be in two tickets.
        "session_id": random.choice((None, None, "chat", "shared")),
    }


def _description(ticket: Row, created_at: datetime) -> Row:
    is_by_agent = ticket.get("origin") in ("proactive_outbound", "agent_on_behalf")
    return {
        "sent_at": _written(created_at),
        "author_type": "agent" if is_by_agent else "customer",
        "author_id": "A" if is_by_agent else ticket.get("requester_id"),
        "is_description": True,
    }


def random_messages(
    ticket: Row, created_at: datetime, moments: Sequence[datetime], ids: Iterator[str], random: Random
) -> list[Row]:
    """Make up the messages of one ticket.

    Args:
        ticket: Record of the stream ``tickets``.
        created_at: When it was created (naive UTC).
        moments: Instants at which its messages may be sent.
        ids: Ids that no other message has.
        random: Where every choice comes from.

    Returns:
        Records of the stream ``messages`` in the order they land: with repeats, other versions, disorder.
    """
    told = [_message(random, moments) for _ in range(random.choice((0, 1, 2, 4, 7)))]
    if random.randrange(4):
        told.append(_description(ticket, created_at))
    landed: list[Row] = []
    for row in told:
        message = {"message_id": next(ids), "ticket_id": ticket["ticket_id"], **row}
        if message.get("session_id") == "chat":
            message["session_id"] = f"{ticket['ticket_id']}-chat"
        landed.append(message)
        if not random.randrange(8):
            landed.append({**message, "is_public": random.choice((False, message.get("is_public")))})
    if random.randrange(2):
        random.shuffle(landed)
    return landed
