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


def openings(weekdays: str, opens: str, closes: str, **fields: Any) -> list[dict[str, Any]]:
    """Rows of schedule ``desk`` in UTC, one for each weekday of a text such as "12345"."""
    row = {"schedule_id": "desk", "time_zone": "UTC", "opens": opens, "closes": closes, **fields}
    return [{**row, "weekday": int(weekday)} for weekday in weekdays]


def minutes_of_week(spans: str, **fields: Any) -> list[dict[str, Any]]:
    """Rows of a schedule from spans in minutes since Sunday 00:00, such as "1980-2460 3420-3900"."""
    rows = []
    for span in spans.split():
        start, end = (int(minutes) for minutes in span.split("-"))
        opens, closes = (f"{minutes % 1440 // 60:02}:{minutes % 60:02}" for minutes in (start, end))
        rows += openings(str(start // 1440 or 7), opens, closes, **fields)
    return rows


def holiday(starts_on: str, ends_on: str | None = None) -> dict[str, Any]:
    """A holiday of schedule ``desk``, from one local date to another, both closed."""
    return {"schedule_id": "desk", "starts_on": starts_on, "ends_on": ends_on or starts_on}


def message(hours: float, author_type: str = "agent", **fields: Any) -> dict[str, Any]:
    """A public message so many hours after Monday; its id is its time unless one is given."""
    return {
        "message_id": f"{hours:09.3f}",
        "ticket_id": "1",
        "sent_at": f"{at(hours).isoformat()}Z",
        "author_type": author_type,
        **fields,
    }
