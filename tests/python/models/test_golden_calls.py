"""Calls whose numbers are known beforehand, through all models up to the published KPIs."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.python.models.compiled import ModelRun

BEGAN = datetime(2024, 5, 6, 8)


def _at(seconds: int) -> str:
    return f"{BEGAN + timedelta(seconds=seconds):%Y-%m-%d %H:%M:%S}"


def _load(run: ModelRun, calls: list[dict[str, Any]], legs: list[dict[str, Any]] | None = None) -> None:
    run.load(
        "raw_generic.calls",
        [
            {"call_id": str(number), "direction": "inbound", "started_at": _at(60 * number)} | call
            for number, call in enumerate(calls)
        ],
    )
    run.load("raw_generic.call_legs", legs or [])
    for table in ("tickets", "ticket_events", "messages", "schedules"):
        run.load(f"raw_generic.{table}", [])
    run.build(as_of="2024-05-10 00:00:00")


def _values(run: ModelRun, kpi_id: str, **wanted: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Values of a KPI by variant and statistic; of all calls of May unless something else is wanted."""
    rows = run.rows(
        "select * from publication.marts.kpi_values"
        " where kpi_id = ? and slice = ? and period_grain = ? and period_start = ?",
        [
            kpi_id,
            wanted.get("slice", "all"),
            wanted.get("grain", "month"),
            wanted.get("start", "2024-05-01"),
        ],
    )
    return {(row["variant"], row["statistic"]): row for row in rows}


@pytest.fixture
def hundred_offered(model_run: ModelRun) -> ModelRun:
    """G10: 80 answered within 20 s, 10 later, 6 abandoned within 5 s, 4 later, one of these within 20 s."""
    calls = [{"outcome": "answered", "wait_seconds": 20} for _ in range(80)]
    calls += [{"outcome": "answered", "wait_seconds": 61} for _ in range(10)]
    calls += [{"outcome": "abandoned_in_queue", "wait_seconds": 5} for _ in range(6)]
    calls += [{"outcome": "abandoned_in_queue", "wait_seconds": wait} for wait in (20, 40, 50, 60)]
    # Beside the hundred: lines that were busy, a call at night, and one of our own.
    calls += [{"outcome": "blocked", "block_cause": "network"} for _ in range(20)]
    calls += [{"outcome": "blocked", "block_cause": "no_staff"} for _ in range(5)]
    calls += [{"outcome": "outside_hours"}, {"outcome": "answered", "direction": "outbound"}]
    _load(model_run, calls)
    return model_run


def test_a_service_level_is_four_different_shares(hundred_offered: ModelRun) -> None:
    """G10: a) 80/90, b) 80/100, c) 80/94, which is the default, d) 87/100."""
    found = {
        variant: (row["numerator"], row["denominator"], row["value"])
        for (variant, _), row in _values(hundred_offered, "service_level_answer").items()
    }
    assert found == {
        "answered_only": (80, 90, 80 / 90),
        "offered": (80, 100, 0.8),
        "default": (80, 94, 80 / 94),
        "answered_or_abandoned_within": (87, 100, 0.87),
    }


def test_what_else_is_told_of_the_same_calls(hundred_offered: ModelRun) -> None:
    lost = _values(hundred_offered, "abandonment_rate")
    assert {variant: row["value"] for (variant, _), row in lost.items()} == {
        "default": 0.04,
        "in_queue": 0.04,
        "in_ivr": 0,
        "on_hold": 0,
    }
    blocked = _values(hundred_offered, "blocked_calls")
    assert {variant: row["value"] for (variant, _), row in blocked.items()} == {
        "default": 25,
        "network": 20,
        "no_staff": 5,
    }
    assert _values(hundred_offered, "blocked_call_rate")["default", "rate"]["value"] == 25 / 125
    assert _values(hundred_offered, "confirm_within_one_minute_rate")["calls", "rate"]["value"] == 0.8
    waits = _values(hundred_offered, "average_speed_of_answer")
    assert waits["default", "mean"]["value"] == (80 * 20 + 10 * 61) / 90
    assert waits["default", "median"]["value"] == 20
    assert waits["avg_time_to_abandon", "mean"]["value"] == (20 + 40 + 50 + 60) / 4


def test_without_calls_nothing_is_told_of_them(model_run: ModelRun) -> None:
    _load(model_run, [])
    told = model_run.rows(
        "select kpi_id from publication.marts.kpi_values"
        " inner join build.lookups.kpi_registry using (kpi_id)"
        " where required_streams in ('calls', 'calls|orders')"
    )
    assert told == []


def test_handle_time_is_talk_hold_and_work_after_the_call(model_run: ModelRun) -> None:
    """G8: 100 calls, 5000 s of talk, 1000 of hold, 2000 of work after them: 80 s."""
    handled = {"outcome": "answered", "talk_seconds": 50, "hold_seconds": 10, "wrap_up_seconds": 20}
    _load(model_run, [handled] * 100 + [{"outcome": "missed"}])
    times = _values(model_run, "average_handle_time")
    assert (times["default", "mean"]["value"], times["default", "mean"]["n"]) == (80, 100)
    assert _values(model_run, "after_call_work_time")["default", "mean"]["value"] == 20


def test_a_call_belongs_wholly_to_the_day_in_which_the_work_after_it_ends(model_run: ModelRun) -> None:
    """G8: 45 minutes, half of them before midnight."""
    long = {"outcome": "answered", "wait_seconds": 0, "talk_seconds": 2400, "wrap_up_seconds": 300}
    _load(model_run, [long | {"started_at": "2024-05-06 23:37:30"}])
    days = {
        day: _values(model_run, "average_handle_time", grain="day", start=day)
        for day in ("2024-05-06", "2024-05-07")
    }
    assert days["2024-05-06"] == {}
    assert days["2024-05-07"]["default", "mean"]["value"] == 2700
    # The caller was answered the day before.
    answered = _values(model_run, "service_level_answer", grain="day", start="2024-05-06")
    assert answered["default", "rate"]["value"] == 1


def test_a_call_passed_on_is_one_call_and_a_part_of_each_agent_s_work(model_run: ModelRun) -> None:
    """E21: the legs overlap, and their talk is never added up for the caller."""
    call = {
        "call_id": "C",
        "outcome": "answered",
        "talk_seconds": 300,
        "wrap_up_seconds": 30,
        "agent_id": "Ann",
    }
    leg = {"call_id": "C", "outcome": "answered", "started_at": _at(0)}
    legs = [
        leg | {"leg_id": "1", "agent_id": "Ann", "talk_seconds": 280},
        leg | {"leg_id": "2", "agent_id": "Bob", "talk_seconds": 100, "wrap_up_seconds": 30},
        leg | {"leg_id": "3", "agent_id": "Cid", "outcome": "missed"},
    ]
    _load(model_run, [call], legs)
    times = _values(model_run, "average_handle_time")
    assert (times["default", "mean"]["value"], times["default", "mean"]["n"]) == (330, 1)
    assert (times["per_agent", "mean"]["value"], times["per_agent", "mean"]["n"]) == (205, 2)
