"""Reads records of the open format: values, status codes, and a ticket's events in the order they count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Record = Mapping[str, Any]

UNSOLVED = ("new", "open", "pending", "hold")
SOLVED = ("solved", "closed")
DELETED = "deleted"


@dataclass(frozen=True)
class Change:
    """One event that counts: ``field`` went from ``old`` to ``new`` at ``at`` (naive UTC)."""

    at: datetime
    field: str
    old: str | None
    new: str | None


def instant(value: str | datetime) -> datetime:
    """Read an instant; without an offset it is UTC already.

    Args:
        value: An ISO 8601 text or a datetime.

    Returns:
        The instant as a naive datetime in UTC, the form in which it is published.

    Raises:
        ValueError: The text is no ISO 8601 timestamp.
    """
    read = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return read.astimezone(UTC).replace(tzinfo=None) if read.tzinfo else read


def text(value: object) -> str | None:
    """Read an id or code as text; an empty one is missing."""
    if value is None or value == "":
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)


def flag(value: object) -> bool | None:
    """Read a true/false value given as a boolean or as text; None when it is neither."""
    return {"true": True, "false": False}.get((text(value) or "").lower())


def status_code(value: object) -> str | None:
    """Read a status in any letter case: one of the six, or ``deleted``; None when it is unknown."""
    code = (text(value) or "").lower()
    return code if code in (*UNSOLVED, *SOLVED, DELETED) else None


def seconds_between(start: datetime, end: datetime) -> int:
    """Whole seconds between two instants, each cut to its second first so that parts add up to the whole."""
    return int((end.replace(microsecond=0) - start.replace(microsecond=0)).total_seconds())


def in_order(event_id: str) -> str:
    """An id of an event or message as it sorts: numbers as numbers."""
    return event_id.zfill(64) if event_id.isascii() and event_id.isdigit() else event_id


def ordered_changes(ticket: Record, events: Sequence[Record]) -> list[Change]:
    """Put a ticket's events in the order they count.

    Args:
        ticket: Record of the stream ``tickets``.
        events: Its ``ticket_events`` in the order they landed; repeats and disorder are expected.

    Returns:
        One change per event id (the version that landed last) by occurred_at, then event id;
        those from before the ticket's creation keep their order and are taken at its creation.
    """
    created_at = instant(ticket["created_at"])
    versions = {str(event["event_id"]): event for event in events}
    ordered = sorted(versions.items(), key=lambda item: (instant(item[1]["occurred_at"]), in_order(item[0])))
    return [
        Change(
            at=max(instant(event["occurred_at"]), created_at),
            field=event["field"],
            old=text(event.get("old_value")),
            new=text(event.get("new_value")),
        )
        for _, event in ordered
    ]
