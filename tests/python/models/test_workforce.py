"""What agents do with their time, through all models up to the published KPIs."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.python.models.compiled import ModelRun

DAY = "2024-05-06"
SHIFT = f"{DAY} 08:00:00", f"{DAY} 16:00:00"


def _values(run: ModelRun, kpi_id: str, grain: str = "day") -> dict[tuple[str, str, str], Any]:
    """Values of one KPI on the day of the shift, by variant, slice and slice value."""
    rows = run.rows(
        "select * from publication.marts.kpi_values where kpi_id = ? and period_grain = ?"
        " and period_start <= ? order by period_start",
        [kpi_id, grain, DAY],
    )
    return {(row["variant"], row["slice"], row["slice_value"]): row["value"] for row in rows}


@pytest.fixture
def shift(model_run: ModelRun) -> Iterator[ModelRun]:
    """G12: two agents at work for eight hours; ten tickets handled, four of them solved."""
    run = model_run
    tickets = [{"ticket_id": f"T{n}", "created_at": SHIFT[0], "status": "open"} for n in range(12)]
    run.load("raw_generic.tickets", tickets)
    run.load(
        "raw_generic.messages",
        [
            {
                "message_id": f"M{n}-{reply}",
                "ticket_id": f"T{n}",
                "sent_at": f"{DAY} 0{9 + reply}:30:00",
                "author_id": f"A{n % 2}",
                "author_type": "agent",
            }
            for n in range(8)
            for reply in (-1, 0)
        ],
    )
    solved = [
        {
            "ticket_id": f"T{n}",
            "field": field,
            "old_value": old,
            "new_value": new,
            "occurred_at": f"{DAY} {at}",
        }
        for n in (0, 1, 8, 9)
        for field, old, new, at in (
            ("assignee_id", None, f"A{n % 2}", "08:10:00"),
            ("status", "open", "solved", "12:00:00"),
        )
    ]
    run.load("raw_generic.ticket_events", [{"event_id": str(n), **event} for n, event in enumerate(solved)])
    run.load(
        "raw_generic.agent_states",
        [
            {"agent_id": agent, "state": state, "started_at": f"{DAY} {begun}", "channel": channel}
            for agent in ("A0", "A1")
            for state, begun, channel in (
                ("available", "08:00:00", "chat"),
                ("handling", "10:00:00", "chat"),
                # while a chat is handled calls are waited for: the time counts once
                ("available", "10:00:00", "phone"),
                ("offline", "16:00:00", "phone"),
                ("offline", "16:00:00", "chat"),
            )
        ],
    )
    run.load(
        "raw_generic.shifts",
        [
            {"shift_id": agent, "agent_id": agent, "starts_at": begins, "ends_at": f"{DAY} 18:00:00"}
            for agent, begins in (("A0", f"{DAY} 08:00:00"), ("A1", f"{DAY} 08:00:00"))
        ],
    )
    run.load(
        "raw_generic.time_entries",
        [
            {
                "entry_id": str(n),
                "ticket_id": "T0",
                "agent_id": "A0",
                "started_at": f"{DAY} 11:00:00",
                "seconds": 600,
            }
            for n in range(2)
        ],
    )
    for stream in ("schedules", "calls"):
        run.load(f"raw_generic.{stream}", [])
    run.build(as_of="2024-05-07 06:00:00")
    yield run
    for stream in ("agent_states", "shifts", "time_entries"):
        run.load(f"raw_generic.{stream}", [])


def test_the_shift_of_the_golden_example(shift: ModelRun) -> None:
    """G12: 10 handled and 4 solved in 16 hours are 0.625 and 0.25 an hour, one by the other 2.5."""
    everything = ("default", "all", "all")
    assert _values(shift, "tickets_handled_per_hour")[everything] == 0.625
    assert _values(shift, "tickets_solved_per_hour")[everything] == 0.25
    assert _values(shift, "handled_to_solved_ratio")[everything] == 2.5
    # a week of one worked day has the same hours and the same tickets
    assert _values(shift, "tickets_handled_per_hour", "week")[everything] == 0.625


def test_agents_time_counts_once_and_against_what_is_paid(shift: ModelRun) -> None:
    """Six of eight hours at work are handling; of ten paid hours eight were at work."""
    everything = ("default", "all", "all")
    assert _values(shift, "occupancy")[everything] == 0.75
    assert _values(shift, "utilisation")[everything] == 0.6
    assert _values(shift, "shrinkage")[everything] == 0.2
    hours = {
        variant: value / 3600
        for (variant, kind, _), value in _values(shift, "operating_hours_spent").items()
        if kind == "all"
    }
    assert hours == {"default": 16, "available": 4, "handling": 12, "offline": 16}


def test_load_and_handle_time_of_the_shift(shift: ModelRun) -> None:
    """Twelve tickets for two agents with ten paid hours each; four solves took twenty minutes."""
    assert _values(shift, "tickets_per_agent")["default", "all", "all"] == 12 / 2.5
    mean = shift.rows(
        "select value from publication.marts.kpi_values"
        " where kpi_id = 'average_handle_time' and variant = 'tickets'"
        " and statistic = 'mean' and slice = 'all' and period_grain = 'month'"
    )
    assert mean == [{"value": 300.0}]
