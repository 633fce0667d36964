"""Sequences of loads that go wrong when one of the rules of what touches a ticket is forgotten."""

import json
from typing import Any

from tests.python.models.random_loads import Load
from tests.python.models.random_records import Record

_DAY = 24


def _at(hour: int) -> str:
    return f"2024-01-{30 + hour // _DAY}T{hour % _DAY:02}:00:00Z"


def _ticket(ticket_id: str = "1", **values: Any) -> Record:
    known = {"ticket_id": ticket_id, "created_at": _at(0), "updated_at": _at(1), "status": "open"}
    return "raw_generic.tickets", known | values


def _event(ticket_id: str = "1", hour: int = 5, new_value: str = "solved") -> Record:
    told = {"field": "status", "old_value": "open", "new_value": new_value, "occurred_at": _at(hour)}
    return "raw_generic.ticket_events", {"event_id": "1", "ticket_id": ticket_id} | told


def _incident(state: str, number: int, hour: int, **values: Any) -> Record:
    times = dict.fromkeys(("sys_updated_at", "opened_at"), f"30/01/2024 {hour:02}:00")
    known = {"number": "1", "sys_mod_count": str(number), "incident_state": state, "priority": "4 - Low"}
    known |= {"assignment_group": "20", "assigned_to": "10"}
    return "raw_servicenow.incidents", known | times | values


def _zendesk(ticket_id: str) -> Record:
    known = {"id": ticket_id, "created_at": _at(0), "updated_at": _at(1), "status": "open", "tags": "[]"}
    return "raw_zendesk.tickets", known | {"requester_id": "12"}


def _audit(ticket_id: str, field: str, value: str, hour: int = 2) -> Record:
    change = {"id": 1, "type": "Change", "field_name": field, "previous_value": "open", "value": value}
    told = {"id": "1", "ticket_id": ticket_id, "created_at": _at(hour), "author_id": "10"}
    return "raw_zendesk.ticket_audits", told | {"events": json.dumps([change])}


def _custom_status(category: str) -> Record:
    return "raw_zendesk.custom_statuses", {"id": "90", "status_category": category, "updated_at": _at(0)}


def _loads(*told: list[Record], hours: int = 0) -> list[Load]:
    """The first load is built a day after the start, each later one so many hours on."""
    return [Load({"a": list(records)}, hours if number else _DAY) for number, records in enumerate(told)]


SEQUENCES = {
    "an event that lands late": _loads([_ticket()], [_event()]),
    "an event that lands before its ticket": _loads([_ticket("2"), _event()], [_ticket()]),
    "an event that was yet to come": _loads([_ticket(), _event(hour=30)], [_ticket("2")], hours=_DAY),
    "a version that was yet to come": _loads(
        [_ticket(), _ticket(updated_at=_at(30), is_deleted="true")], [_ticket("2")], hours=_DAY
    ),
    "an event that is told of another ticket now": _loads([_ticket(), _ticket("2"), _event()], [_event("2")]),
    "an event that is told otherwise now": _loads([_ticket(), _event()], [_event(new_value="pending")]),
    "the same once more": _loads([_ticket(), _event()], [_ticket(), _event()]),
    "a deletion and its undoing": _loads([_ticket(is_deleted="true")], [_ticket(updated_at=_at(3))]),
    "a ticket created later than was told": _loads(
        [_ticket(), _event(), _ticket("2")], [_ticket(created_at=_at(40))]
    ),
    "nothing, some hours later": _loads([_ticket(), _event(hour=26)], [], hours=6),
    "an update of an incident out of order": _loads(
        [_incident("New", 0, 1), _incident("Closed", 2, 3)], [_incident("Active", 1, 2)]
    ),
    "an incident opened after its update": _loads(
        [_incident("New", 0, 1, opened_at="31/01/2024 06:00")], [_ticket("2")], hours=_DAY
    ),
    "an audit that lands late": _loads([_zendesk("1")], [_audit("1", "status", "solved")]),
    "an audit that was yet to come": _loads(
        [_zendesk("1"), _audit("1", "status", "solved", hour=30)], [_zendesk("2")], hours=_DAY
    ),
    "an audit that is told of another ticket now": _loads(
        [_zendesk("1"), _zendesk("2"), _audit("1", "status", "solved")], [_audit("2", "status", "solved")]
    ),
    "a status of another category now": _loads(
        [_zendesk("1"), _audit("1", "custom_status_id", "90"), _custom_status("open")],
        [_custom_status("solved")],
    ),
}
