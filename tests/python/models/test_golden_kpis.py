"""Worked examples with numbers known beforehand, through all models up to the published KPIs."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.python.models.compiled import ModelRun
from tests.reference.pseudonyms import pseudonym

CREATED = datetime(2024, 5, 6, 8)
HOUR = 3600
MINUTE = 60


def _at(hours: float) -> str:
    return f"{CREATED + timedelta(hours=hours):%Y-%m-%d %H:%M:%S}"


def _load(
    run: ModelRun,
    tickets: list[dict[str, Any]],
    events: list[dict[str, Any]] | None = None,
    messages: list[dict[str, Any]] | None = None,
    schedules: list[dict[str, Any]] | None = None,
) -> None:
    numbered = [{"event_id": str(number), **event} for number, event in enumerate(events or [])]
    run.load("raw_generic.tickets", tickets)
    run.load("raw_generic.ticket_events", [{"actor_type": "agent", **event} for event in numbered])
    run.load(
        "raw_generic.messages",
        [{"message_id": str(number), **message} for number, message in enumerate(messages or [])],
    )
    run.load("raw_generic.schedules", schedules or [])


def _values(run: ModelRun, kpi_id: str, **wanted: Any) -> dict[tuple[str, ...], dict[str, Any]]:
    """Values of a KPI for all tickets of May, by variant, attribution, clock and statistic."""
    rows = run.rows(
        "select * from publication.marts.kpi_values"
        " where kpi_id = ? and slice = ? and slice_value = ? and period_grain = 'month'",
        [kpi_id, wanted.get("slice", "all"), wanted.get("slice_value", "all")],
    )
    return {(row["variant"], row["attribution"], row["clock"], row["statistic"]): row for row in rows}


def _replied_after(hours: list[int]) -> list[dict[str, Any]]:
    return [
        {"ticket_id": f"replied{hour}", "sent_at": _at(hour), "author_id": "Ann", "author_type": "agent"}
        for hour in hours
    ]


@pytest.fixture
def ten_tickets(model_run: ModelRun) -> ModelRun:
    """G11: ten tickets at one instant; replies after 1 to 6 hours, four not replied to."""
    names = [f"replied{hour}" for hour in range(1, 7)] + [f"waiting{number}" for number in range(4)]
    tickets = [{"ticket_id": name, "created_at": _at(0), "status": "open"} for name in names]
    _load(model_run, tickets, messages=_replied_after([1, 2, 3, 4, 5, 6]))
    return model_run


def test_the_unanswered_are_in_the_kaplan_meier_median_and_not_in_the_mean(ten_tickets: ModelRun) -> None:
    """G11: mean and median of the answered 3.5 h; of all the median is 5 h, and p90 is not reached."""
    ten_tickets.build(as_of=_at(8))
    naive = _values(ten_tickets, "first_response_time")
    cohort = ("default", "created", "calendar")
    assert naive[*cohort, "mean"]["value"] == 3.5 * HOUR
    assert naive[*cohort, "median"]["value"] == 3.5 * HOUR
    assert (naive[*cohort, "mean"]["n"], naive[*cohort, "mean"]["n_censored"]) == (6, 4)
    assert naive["default", "event", "calendar", "mean"]["value"] == 3.5 * HOUR
    survival = _values(ten_tickets, "first_response_time_km")
    assert survival.keys() == {(*cohort, "km_median"), (*cohort, "km_p90")}
    assert survival[*cohort, "km_median"]["value"] == 5 * HOUR
    assert survival[*cohort, "km_p90"]["value"] is None
    assert {(row["n"], row["n_censored"]) for row in survival.values()} == {(6, 4)}


def test_within_four_hours_are_four_of_ten_and_within_a_day_it_is_not_told(ten_tickets: ModelRun) -> None:
    """G11: those who wait longer than T missed it; those who wait less are pending, in neither part."""
    ten_tickets.build(as_of=_at(8))
    rates = _values(ten_tickets, "response_within_target_rate")
    found = {
        variant: (row["numerator"], row["denominator"], row["n_censored"], row["is_complete"])
        for (variant, _, _, _), row in rates.items()
    }
    assert found == {
        "within_1h": (1, 10, 0, False),
        "within_4h": (4, 10, 0, False),
        "within_8h": (6, 6, 4, False),
        "default": (6, 6, 4, False),
    }


def test_never_answered_are_the_old_ones_without_a_reply(ten_tickets: ModelRun) -> None:
    """G11: 4 of 10, once all ten are maturity_days old; before that nobody knows."""
    ten_tickets.build(as_of=_at(8))
    young = _values(ten_tickets, "never_responded_rate")["default", "created", "none", "rate"]
    assert (young["value"], young["denominator"], young["n_censored"]) == (None, 0, 4)
    ten_tickets.build(as_of=_at(14 * 24))
    old = _values(ten_tickets, "never_responded_rate")
    assert old["default", "created", "none", "rate"]["value"] == 0.4
    assert old["solved_unreplied", "created", "none", "rate"]["value"] == 0
    survival = _values(ten_tickets, "first_response_time_km")
    assert survival["default", "created", "calendar", "km_median"]["value"] == 5 * HOUR
    assert survival["default", "created", "calendar", "km_p90"]["value"] is None


@pytest.fixture
def shift(model_run: ModelRun) -> ModelRun:
    """G12: solved after 30, 60, 90, 180 minutes; pending 0, 20, 30, 60 and on hold 0, 10, 0, 30 of them."""
    tickets, events = [], []
    for total, pending, hold in ((30, 0, 0), (60, 20, 10), (90, 30, 0), (180, 60, 30)):
        ticket = f"T{total}"
        tickets.append({"ticket_id": ticket, "created_at": _at(0), "status": "solved", "schedule_id": "days"})
        moves = [
            ("open", "pending", 5),
            ("pending", "hold", 5 + pending),
            ("hold", "open", 5 + pending + hold),
            ("open", "solved", total),
        ]
        events += [
            {
                "ticket_id": ticket,
                "occurred_at": _at(minute / 60),
                "field": "status",
                "old_value": old,
                "new_value": new,
            }
            for old, new, minute in moves
        ]
    _load(
        model_run,
        tickets,
        events,
        schedules=[
            {
                "schedule_id": "days",
                "time_zone": "UTC",
                "weekday": str(weekday),
                "opens": "08:00",
                "closes": "09:00",
            }
            for weekday in range(1, 8)
        ],
    )
    return model_run


def test_a_shift_s_resolution_times_with_and_without_waiting(shift: ModelRun) -> None:
    """G12: 90 minutes; less pending 62.5; less hold 80; less both 52.5. Of the opening hour 52.5 at most."""
    shift.build(as_of=_at(8))
    expected = {
        "average_resolution_time": 90,
        "resolution_time_ex_pending": 62.5,
        "resolution_time_ex_waiting": 80,
        "resolution_time_ex_pending_and_waiting": 52.5,
    }
    for kpi_id, minutes in expected.items():
        row = _values(shift, kpi_id)["default", "solved", "calendar", "mean"]
        assert (row["value"], row["n"]) == (minutes * MINUTE, 4), kpi_id
    # Open from 8 to 9: 30, 60, 60 and 60 minutes of it.
    business = _values(shift, "average_resolution_time")["default", "solved", "business", "mean"]
    assert business["value"] == 52.5 * MINUTE
    # All four are solved: the quantiles are those of the times themselves.
    survival = _values(shift, "average_resolution_time")
    assert survival["default", "created", "calendar", "km_median"]["value"] == 60 * MINUTE
    assert survival["default", "created", "calendar", "km_p90"]["value"] == 180 * MINUTE


def test_a_reopened_ticket_has_a_first_resolution_and_no_full_one(model_run: ModelRun) -> None:
    """G16: solved 10:00, reopened 11:00, still open."""
    events = [
        {
            "ticket_id": "T1",
            "occurred_at": _at(2),
            "field": "status",
            "old_value": "open",
            "new_value": "solved",
        },
        {
            "ticket_id": "T1",
            "occurred_at": _at(3),
            "field": "status",
            "old_value": "solved",
            "new_value": "open",
        },
    ]
    _load(model_run, [{"ticket_id": "T1", "created_at": _at(0), "status": "open"}], events)
    model_run.build(as_of=_at(50))
    (ticket,) = model_run.rows("select * from publication.core.fct_tickets")
    assert (ticket["reopen_count"], ticket["solved_at"], ticket["full_resolution_seconds"]) == (1, None, None)
    assert ticket["first_resolution_seconds"] == 2 * HOUR
    reopens = _values(model_run, "reopen_rate")["default", "event", "none", "rate"]
    assert (reopens["numerator"], reopens["denominator"]) == (1, 1)
    first = _values(model_run, "first_resolution_time")["default", "solved", "calendar", "mean"]
    assert first["value"] == 2 * HOUR
    cohort = _values(model_run, "average_resolution_time")
    assert cohort["default", "created", "calendar", "mean"]["n_censored"] == 1
    assert cohort["default", "created", "calendar", "km_median"]["value"] is None
    # Unsolved and older than 48 hours: missed.
    within = _values(model_run, "resolved_within_target_rate")["default", "created", "calendar", "rate"]
    assert (within["value"], within["n_censored"]) == (0, 0)


def test_a_reply_is_credited_to_its_author_and_a_wait_to_the_first_holder(model_run: ModelRun) -> None:
    """Flow by the agent who replied, cohort by the one the ticket was created with."""
    ticket = {"ticket_id": "T1", "created_at": _at(0), "status": "open", "assignee_id": "Ann"}
    events = [
        {
            "ticket_id": "T1",
            "occurred_at": _at(1),
            "field": "assignee_id",
            "old_value": "Ann",
            "new_value": "Bob",
        }
    ]
    messages = [{"ticket_id": "T1", "sent_at": _at(2), "author_id": "Cid", "author_type": "agent"}]
    model_run.load("raw_generic.agents", [{"agent_id": name, "name": name} for name in ("Ann", "Bob", "Cid")])
    _load(model_run, [ticket], events, messages)
    model_run.build(as_of=_at(8))
    found = {}
    for agent in ("Ann", "Bob", "Cid"):
        key = pseudonym("generic", "main", agent)
        for (_, attribution, _, statistic), row in _values(
            model_run, "first_response_time", slice="agent", slice_value=key
        ).items():
            if statistic == "mean" and row["n"] > 0:
                found[agent, attribution] = row["value"]
    assert found == {("Ann", "created"): 2 * HOUR, ("Cid", "event"): 2 * HOUR}
    model_run.load("raw_generic.agents", [])
