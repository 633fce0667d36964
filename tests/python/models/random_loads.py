"""Hypothesis strategies for sequences of loads: a few tickets told of again and again, in any order."""

from dataclasses import dataclass

from hypothesis import strategies as st

from tests.python.models.random_records import (
    AT,
    FLAG,
    GENERIC,
    PRIORITY,
    SERVICENOW,
    START,
    TEAM,
    ZENDESK,
    Record,
    any_of,
    one_of,
    record,
)

__all__ = ["ACCOUNTS", "START", "Load", "sequences"]

# Accounts know nothing of each other: each is a sequence of its own, for the price of one.
ACCOUNTS = ("a", "b", "c", "d")
_FROM = one_of(None, "2024-01-31")
_SCHEDULE = one_of("S1", "S2")
_BEGAN = st.just("2024-01-30T00:00:00Z")

# What reaches back: it changes what is told of tickets that no record of the load names.
_RULES = st.one_of(
    record(
        "raw_generic.schedules",
        **{"schedule_id": _SCHEDULE, "time_zone": one_of("UTC", "Europe/Berlin"), "valid_from": _FROM},
        weekday=one_of("1", "2", "3", "4"),
        opens=one_of("08:00", "09:00"),
        closes=one_of("12:00", "17:00"),
    ),
    record(
        "raw_generic.holidays",
        **dict.fromkeys(("starts_on", "ends_on"), st.just("2024-01-31")),
        schedule_id=_SCHEDULE,
    ),
    record(
        "raw_generic.sla_policies",
        **{"policy_id": one_of("P1", "P2"), "position": one_of("1", "2"), "valid_from": _FROM},
        metric=one_of("first_reply_time", "full_resolution_time"),
        priority=PRIORITY,
        target_seconds=one_of("3600", "36000"),
        clock=one_of("calendar", "business"),
    ),
    record(
        "raw_generic.agents",
        **{"agent_id": one_of("10", "11"), "active": FLAG, "group_id": TEAM, "valid_from": _FROM},
        role=one_of("agent", "bot"),
    ),
    record(
        "raw_zendesk.users",
        **{"id": one_of("10", "11"), "created_at": _BEGAN, "updated_at": AT},
        role=one_of("agent", "end-user", "admin"),
    ),
    record(
        "raw_zendesk.custom_statuses",
        **{"id": one_of("90", "91"), "created_at": _BEGAN, "updated_at": AT},
        status_category=one_of("open", "pending", "solved"),
    ),
)


@dataclass(frozen=True)
class Load:
    """Records (raw table, values) by account that land together, and the hours ``as_of`` moves on after."""

    records: dict[str, list[Record]]
    hours: int


_of_an_account = st.lists(any_of(GENERIC, ZENDESK, SERVICENOW, _RULES), max_size=8)
_loads = st.builds(
    Load,
    records=st.fixed_dictionaries({}, optional=dict.fromkeys(ACCOUNTS, _of_an_account)),
    hours=one_of(0, 0, 6, 24),
)
sequences = st.lists(_loads, min_size=2, max_size=5)
