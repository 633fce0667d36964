"""Tickets and events written by hand, as short as the story they tell."""

from datetime import datetime, timedelta
from typing import Any

MONDAY = datetime(2026, 3, 2)


def at(hours: float) -> datetime:
    """The instant so many hours after Monday 2026-03-02 00:00 UTC."""
    return MONDAY + timedelta(hours=hours)


def ticket(created: float = 0, **fields: Any) -> dict[str, Any]:
    """A ticket created so many hours after Monday, with the fields of its row."""
    return {"ticket_id": "1", "created_at": f"{at(created).isoformat()}Z", **fields}


def story(*steps: tuple[float, str, str | None, str | None]) -> list[dict[str, Any]]:
    """Events (hours after Monday, field, old value, new value) with ids in the order given."""
    return [
        {
            "event_id": f"{number:03}",
            "ticket_id": "1",
            "occurred_at": f"{at(hours).isoformat()}Z",
            "field": field,
            "old_value": old,
            "new_value": new,
        }
        for number, (hours, field, old, new) in enumerate(steps)
    ]


def statuses(first: str, *steps: tuple[float, str]) -> list[dict[str, Any]]:
    """Status events (hours after Monday, new status), each told from the status before."""
    before = [first, *(status for _, status in steps)]
    return story(*((hours, "status", old, new) for (hours, new), old in zip(steps, before, strict=False)))
