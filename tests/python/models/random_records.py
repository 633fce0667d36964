"""Hypothesis strategies for single records of every helpdesk: few ids and times, so that they meet."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

Record = tuple[str, dict[str, Any]]
Values = st.SearchStrategy[Any]

START = datetime(2024, 1, 30)
_HOURS = st.integers(0, 60)


def record(table: str, **values: Values) -> st.SearchStrategy[Record]:
    """A record of a raw table; what is None is left out, as exports do."""
    known = st.fixed_dictionaries(values).map(_without_none)
    return st.tuples(st.just(table), known)


def _without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def one_of(*values: Any) -> Values:
    """One of some values."""
    return st.sampled_from(values)


def any_of(*kinds: st.SearchStrategy[Any]) -> Values:
    """A value of one of some kinds, each as likely as the others, whatever kinds it consists of itself."""
    return st.sampled_from(kinds).flatmap(_itself)


def _itself(kind: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return kind


TICKET = one_of("1", "2", "3")
AT = _HOURS.map(lambda hour: f"{START + timedelta(hours=hour):%Y-%m-%dT%H:%M:%SZ}")
_UNIX_AT = _HOURS.map(lambda hour: str(hour * 3600 + int((START - datetime(1970, 1, 1)).total_seconds())))
_SERVICENOW_AT = _HOURS.map(lambda hour: f"{START + timedelta(hours=hour):%d/%m/%Y %H:%M}")
AGENT, TEAM, PRIORITY = one_of(None, "10", "11"), one_of(None, "20", "21"), one_of(None, "low", "high")
FLAG = one_of("true", "false")
SCHEDULE = one_of(None, "S1", "S2")
_STATUS = one_of("new", "open", "pending", "solved", "closed", "deleted")
_WILD_STATUS = one_of("new", "open", "solved", "closed", "deleted", "unheard of")
_FIELDS = {
    "status": _WILD_STATUS,
    "assignee_id": AGENT,
    "group_id": TEAM,
    "priority": PRIORITY,
    "is_deleted": FLAG,
    "merged_into_id": one_of(None, "3"),
    "schedule_id": SCHEDULE,
}


def _event(field: str, values: Values) -> st.SearchStrategy[Record]:
    told = {"field": st.just(field), "old_value": values, "new_value": values, "actor_id": AGENT}
    event_id = one_of("1", "2", "3", "4")
    return record("raw_generic.ticket_events", event_id=event_id, ticket_id=TICKET, occurred_at=AT, **told)


def _change(field: str, values: Values) -> st.SearchStrategy[dict[str, Any]]:
    kinds = {"type": one_of("Create", "Change"), "field_name": st.just(field)}
    return st.fixed_dictionaries(kinds | {"value": values, "previous_value": values})


_PEOPLE = {"requester_id": one_of("10", "12"), "assignee_id": AGENT, "group_id": TEAM, "priority": PRIORITY}
_COMMENT = {"type": st.just("Comment"), "author_id": one_of("10", "11", "12"), "public": st.booleans()}
_CHANGES = st.one_of(
    _change("status", _STATUS),
    _change("custom_status_id", one_of("90", "91", "92")),
    _change("assignee_id", AGENT),
    _change("group_id", TEAM),
    _change("priority", PRIORITY),
    st.fixed_dictionaries(_COMMENT),
)


def _numbered(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": number} | event for number, event in enumerate(events, 1)]


GENERIC = any_of(
    record(
        "raw_generic.tickets",
        **(_PEOPLE | {"ticket_id": TICKET, "created_at": AT, "updated_at": st.none() | AT}),
        **{"status": _WILD_STATUS, "is_deleted": st.none() | FLAG, "schedule_id": SCHEDULE},
        merged_into_id=one_of(None, None, "3"),
    ),
    any_of(*(_event(field, values) for field, values in _FIELDS.items())),
    record(
        "raw_generic.messages",
        **{"message_id": one_of("1", "2", "3"), "ticket_id": TICKET, "sent_at": AT, "is_public": FLAG},
        author_id=one_of("10", "11", "12"),
        author_type=one_of("agent", "customer"),
    ),
)
ZENDESK = any_of(
    record(
        "raw_zendesk.tickets",
        **(_PEOPLE | {"id": TICKET, "created_at": AT, "updated_at": st.none() | AT, "status": _STATUS}),
        generated_timestamp=st.none() | _UNIX_AT,
        tags=one_of([], ["closed_by_merge"]),
        via=st.just('{"channel":"web"}'),
    ),
    record(
        "raw_zendesk.ticket_audits",
        **{"id": one_of("1", "2", "3"), "ticket_id": TICKET, "created_at": AT},
        author_id=one_of("10", "11", "12", "-1"),
        via=st.just('{"channel":"web"}'),
        events=st.lists(_CHANGES, min_size=1, max_size=3).map(_numbered),
    ),
)
SERVICENOW = record(
    "raw_servicenow.incidents",
    **{"number": TICKET, "sys_mod_count": one_of("0", "1", "2"), "sys_updated_at": _SERVICENOW_AT},
    **{"opened_at": _SERVICENOW_AT, "priority": one_of("1 - Critical", "4 - Low")},
    incident_state=one_of("New", "Active", "Resolved", "Closed"),
    assignment_group=one_of("?", "20", "21"),
    assigned_to=one_of("?", "10", "11"),
)
