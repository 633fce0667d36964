"""Zendesk tickets whose records are written as their stories are told, and their metrics beside ours."""

from itertools import count
from typing import Any

from orchestration.landing.streams import load_streams
from tests.python.models.compiled import ModelRun

# Airbyte recorded this schedule, too: see test_zendesk_records.
NOUMEA: dict[str, Any] = {
    "id": 4567312249615,
    "name": "Test Schedule",
    "time_zone": "New Caledonia",
    "created_at": "2022-03-25T10:23:34Z",
    "updated_at": "2024-07-05T10:55:43Z",
    "intervals": [
        {"start_time": start, "end_time": end}
        for start, end in ((1980, 2460), (3420, 3900), (4860, 5340), (6300, 6780), (7830, 8310))
    ],
}
AGENT, REQUESTER = 10, 20
USERS = [
    {"id": number, "role": role, "created_at": "2020-01-01T00:00:00Z", "updated_at": "2020-01-01T00:00:00Z"}
    for number, role in ((AGENT, "agent"), (REQUESTER, "end-user"))
]
TIMES = ("reply", "first_resolution", "full_resolution", "agent_wait", "requester_wait", "on_hold")
Told = dict[str, tuple[int | None, int | None]]
_ids = count(1_000)


def minutes(told: Told) -> dict[str, dict[str, int | None]]:
    """Times as the API writes them, from (calendar, business) minutes; what is not given is null."""
    pairs = {name: told.get(name, (0, 0) if name == "on_hold" else (None, None)) for name in TIMES}
    return {
        f"{name}_time_in_minutes": {"calendar": calendar, "business": business}
        for name, (calendar, business) in pairs.items()
    }


class Life:
    """The records of one ticket, as its story is told."""

    def __init__(self, ticket_id: int, created_at: str, status: str = "new", **fields: Any) -> None:
        self.created_at = created_at
        told: dict[str, Any] = {
            "id": ticket_id,
            "created_at": created_at,
            "status": status,
            "via": {"channel": "web"},
            "requester_id": REQUESTER,
            "submitter_id": REQUESTER,
            "tags": [],
        }
        self.ticket: dict[str, Any] = told | fields
        self.audits: list[dict[str, Any]] = []
        self.metrics: dict[str, Any] | None = None
        self._state = {"status": status, "assignee_id": fields.get("assignee_id"), "schedule": None}
        created = [
            {"type": "Create", "field_name": name, "value": value}
            for name, value in self._state.items()
            if value is not None
        ]
        author: int = self.ticket["submitter_id"]
        self.audit(created_at, author, {"type": "Comment", "public": True, "author_id": author}, *created)

    def audit(self, at: str, author: int, *events: dict[str, Any], rel: str | None = None, **to: Any) -> int:
        """Tell an audit; returns the id of its first event."""
        ids = [next(_ids) for _ in range(len(events) + 1)]
        self.audits.append(
            {
                "id": ids[0],
                "ticket_id": self.ticket["id"],
                "created_at": at,
                "author_id": author,
                "via": {"channel": "web", "source": {"rel": rel, "to": to}},
                "events": [{"id": event_id} | event for event_id, event in zip(ids[1:], events, strict=True)],
            }
        )
        self.ticket["updated_at"] = at
        return ids[1]

    def change(self, at: str, rel: str | None = None, to: int | None = None, **values: Any) -> None:
        """An agent sets fields."""
        events = []
        for name, value in values.items():
            events.append({"type": "Change", "field_name": name, "value": value} | self._before(name, value))
        self.audit(at, AGENT, *events, rel=rel, ticket_id=to)

    def reply(self, at: str, author: int = AGENT) -> int:
        """Somebody writes publicly."""
        return self.audit(at, author, {"type": "Comment", "public": True, "author_id": author})

    def assign_schedule(self, at: str, schedule: int | None, before: int | None = None) -> None:
        """A rule changes the schedule."""
        moved = {"previous_schedule_id": before, "new_schedule_id": schedule}
        self.audit(at, -1, {"type": "ScheduleAssignment"} | moved)

    def tells(self, told: Told, status_updated_at: str, **fields: Any) -> "Life":
        """What Zendesk's metrics tell."""
        self.metrics = {
            "id": self.ticket["id"] + 1,
            "ticket_id": self.ticket["id"],
            "created_at": self.created_at,
            "updated_at": status_updated_at,
            "status_updated_at": status_updated_at,
            "reopens": 0,
            "replies": 0,
            "assignee_stations": 0,
            "group_stations": 0,
        }
        self.metrics |= minutes(told) | fields
        return self

    def _before(self, name: str, value: Any) -> dict[str, Any]:
        before = self._state.get(name)
        self._state[name] = value
        if name in self.ticket:
            self.ticket[name] = value
        return {"previous_value": before}


class Records:
    """Lives run through the models; how each figure compares."""

    def __init__(self, models: list[tuple[str, str]]) -> None:
        self.run = ModelRun(models, load_streams())

    def compare(
        self, *lives: Life, schedules: tuple[dict[str, Any], ...] = (NOUMEA,)
    ) -> dict[tuple[int, str, str], dict[str, Any]]:
        """Rows of the reconciliation by ticket, figure and clock."""
        self.run.load("raw_zendesk.users", USERS)
        self.run.load("raw_zendesk.schedules", list(schedules))
        self.run.load("raw_zendesk.tickets", [life.ticket for life in lives])
        self.run.load("raw_zendesk.ticket_audits", [audit for life in lives for audit in life.audits])
        self.run.load("raw_zendesk.ticket_metrics", [life.metrics for life in lives if life.metrics])
        self.run.build(as_of="2024-09-21 00:00:00", accounts=(("zendesk", "main", "UTC"),))
        rows = self.run.rows(
            "select * from publication.marts.vendor_time_reconciliation"
            " inner join (select ticket_key, ticket_id from publication.core.fct_tickets) using (ticket_key)"
        )
        return {(int(row["ticket_id"]), row["figure"], row["clock"]): row for row in rows}
