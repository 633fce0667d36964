"""Worked examples of service levels, from published pages and by hand, through the compiled models."""

from datetime import datetime
from typing import Any

import pytest

from tests.python.models.world_run import WorldRun
from tests.reference.worlds import World

HOUR = 3600
FIELDS = {"status": "status", "assignee": "assignee_id", "team": "group_id", "priority": "priority"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def change(moment: str, field: str, old: str | None, new: str | None) -> dict[str, Any]:
    return {
        "ticket_id": "1",
        "occurred_at": f"{moment}Z",
        "field": FIELDS[field],
        "old_value": old,
        "new_value": new,
    }


def message(moment: str, author_type: str) -> dict[str, Any]:
    return {"ticket_id": "1", "sent_at": f"{moment}Z", "author_type": author_type, "author_id": author_type}


def target(metric: str, seconds: int, **more: Any) -> dict[str, Any]:
    return {"policy_id": "P1", "clock": "calendar", "metric": metric, "target_seconds": seconds, **more}


def instances(
    run: WorldRun,
    policies: list[dict[str, Any]],
    *,
    created: str,
    as_of: str,
    events: list[dict[str, Any]] = (),
    messages: list[dict[str, Any]] = (),
    schedules: list[dict[str, Any]] = (),
    **ticket: Any,
) -> list[dict[str, Any]]:
    """The SLA instances of one ticket, by metric and start."""
    world = World(
        tickets=[{"ticket_id": "1", "created_at": f"{created}Z", "status": "new", **ticket}],
        events=[{"event_id": str(number), **event} for number, event in enumerate(events)],
        # One message long before tells that the account delivers messages.
        messages=[{"message_id": str(number), **row} for number, row in enumerate(messages)]
        + [{**message("1999-01-01T00:00:00", "customer"), "message_id": "old", "ticket_id": "0"}],
        schedules=list(schedules),
        holidays=[],
        default_schedule_id="S1" if schedules else None,
        as_of=at(as_of),
    )
    run.load("raw_generic.sla_policies", policies)
    run.build_world(world)
    return run.rows(
        "select instances.*, agents.agent_id from publication.core.fct_sla_instances as instances"
        " left join build.intermediate.int_agents as agents on instances.agent_key = agents.agent_key"
        " order by metric, applied_at"
    )


def test_gitlab_s_ticket_has_the_published_times_between_updates(world_run: WorldRun) -> None:
    found = instances(
        world_run,
        [
            target("periodic_update", 24 * HOUR),
            target("pausable_update", 28 * HOUR),
            target("next_reply", HOUR),
        ],
        created="2024-05-06T09:00:00",
        as_of="2024-05-10T00:00:00",
        events=[
            change("2024-05-06T14:00:00", "status", "new", "open"),
            change("2024-05-06T16:00:00", "status", "open", "pending"),
            change("2024-05-07T10:00:00", "status", "pending", "open"),
            change("2024-05-07T11:00:00", "status", "open", "hold"),
            change("2024-05-08T14:00:00", "status", "hold", "open"),
            change("2024-05-08T14:30:00", "status", "open", "solved"),
        ],
        messages=[
            message("2024-05-06T14:00:00", "agent"),
            message("2024-05-06T15:30:00", "customer"),
            message("2024-05-06T16:00:00", "agent"),
            message("2024-05-07T10:00:00", "customer"),
            message("2024-05-08T14:30:00", "agent"),
        ],
    )
    used = [(row["metric"], row["used_seconds"] / HOUR, row["state"]) for row in found]
    assert used == [
        ("next_reply", 0.5, "met"),
        ("next_reply", 28.5, "breached"),
        ("pausable_update", 2, "met"),
        ("pausable_update", 28.5, "breached"),
        ("periodic_update", 2, "met"),
        ("periodic_update", 46.5, "breached"),
    ]
    # 28 hours without the 18 pending ones: from Tuesday 10:00 to Wednesday 14:00.
    assert found[3]["breached_at"] == at("2024-05-08T14:00:00")


def test_a_reply_before_the_opening_uses_no_business_time_and_gives_one_row(world_run: WorldRun) -> None:
    # dbt_zendesk#108: applied at 01:29, replied to at 01:33, open from 04:00.
    days = [{"schedule_id": "S1", "time_zone": "UTC", "weekday": day} for day in range(1, 8)]
    found = instances(
        world_run,
        [target("first_reply", HOUR, clock="business")],
        created="2024-05-06T01:29:00",
        as_of="2024-05-07T00:00:00",
        messages=[message("2024-05-06T01:33:00", "agent")],
        schedules=[{**day, "opens": "04:00", "closes": "12:00"} for day in days],
    )
    assert [(row["used_seconds"], row["state"], row["due_at"]) for row in found] == [
        (0, "met", at("2024-05-06T05:00:00"))
    ]


def test_a_breach_is_charged_to_who_held_the_ticket_then(world_run: WorldRun) -> None:
    # Freshdesk: A holds it for 50 minutes, B for 20, then C; one hour was to be kept.
    found = instances(
        world_run,
        [target("first_reply", HOUR)],
        created="2024-05-06T09:00:00",
        as_of="2024-05-06T12:00:00",
        events=[
            change("2024-05-06T09:50:00", "assignee", "A", "B"),
            change("2024-05-06T10:10:00", "assignee", "B", "C"),
        ],
        messages=[message("2024-05-06T11:00:00", "agent")],
        assignee_id="C",
    )
    assert [(row["agent_id"], row["state"], row["breached_at"], row["fulfilled_at"]) for row in found] == [
        ("B", "breached", at("2024-05-06T10:00:00"), at("2024-05-06T11:00:00"))
    ]


def test_nobody_s_breach_is_charged_to_the_team_alone(world_run: WorldRun) -> None:
    found = instances(
        world_run,
        [target("first_reply", HOUR)],
        created="2024-05-06T09:00:00",
        as_of="2024-05-06T12:00:00",
        events=[change("2024-05-06T11:00:00", "assignee", None, "C")],
        assignee_id="C",
        group_id="G1",
    )
    assert [(row["agent_id"], row["team"], row["state"]) for row in found] == [(None, "G1", "breached")]


def test_a_priority_raised_later_keeps_the_target(world_run: WorldRun) -> None:
    found = instances(
        world_run,
        [
            target("total_resolution", 8 * HOUR, priority="low"),
            target("total_resolution", HOUR, priority="urgent"),
        ],
        created="2024-05-06T09:00:00",
        as_of="2024-05-06T12:00:00",
        events=[change("2024-05-06T09:30:00", "priority", "low", "urgent")],
        priority="urgent",
    )
    assert [(row["target_seconds"], row["priority"], row["state"]) for row in found] == [
        (8 * HOUR, "low", "active")
    ]


def test_a_policy_edited_later_keeps_the_target(world_run: WorldRun) -> None:
    found = instances(
        world_run,
        [
            target("first_reply", 8 * HOUR),
            target("first_reply", HOUR, valid_from="2024-05-06T09:00:01Z"),
        ],
        created="2024-05-06T09:00:00",
        as_of="2024-05-06T12:00:00",
    )
    assert [(row["target_seconds"], row["state"], row["due_at"]) for row in found] == [
        (8 * HOUR, "active", at("2024-05-06T17:00:00"))
    ]


@pytest.mark.parametrize(
    ("replied", "state"), [("2024-05-06T10:00:00", "met"), ("2024-05-06T10:00:01", "breached")]
)
def test_a_reply_exactly_when_due_is_met(world_run: WorldRun, replied: str, state: str) -> None:
    found = instances(
        world_run,
        [target("first_reply", HOUR)],
        created="2024-05-06T09:00:00",
        as_of="2024-05-06T12:00:00",
        messages=[message(replied, "agent")],
    )
    assert [row["state"] for row in found] == [state]


def test_a_target_passes_also_when_nobody_ever_replies(world_run: WorldRun) -> None:
    policies = [target("first_reply", HOUR)]
    arguments = {"created": "2024-05-06T09:00:00"}
    before = instances(world_run, policies, as_of="2024-05-06T09:59:59", **arguments)
    after = instances(world_run, policies, as_of="2024-05-06T10:00:00", **arguments)
    told = [
        (row["state"], row["breached_at"], row["settled_on"], row["used_seconds"]) for row in before + after
    ]
    due_at = at("2024-05-06T10:00:00")
    assert told == [("active", None, None, HOUR - 1), ("breached", due_at, due_at.date(), HOUR)]


def test_of_several_policies_the_first_by_position_is_applied(world_run: WorldRun) -> None:
    found = instances(
        world_run,
        [
            target("first_reply", HOUR, policy_id="last"),
            target("first_reply", 3 * HOUR, policy_id="second", position=2, priority="high"),
            target("first_reply", 2 * HOUR, policy_id="first", position=1),
            target("first_reply", 60, policy_id="other team", position=0, group_id="G2"),
        ],
        created="2024-05-06T09:00:00",
        as_of="2024-05-06T09:30:00",
        priority="high",
        group_id="G1",
    )
    assert [(row["policy_id"], row["target_seconds"]) for row in found] == [("first", 2 * HOUR)]


def test_the_work_clock_stops_while_pending_and_goes_on_after_a_reopen(world_run: WorldRun) -> None:
    arguments = {
        "created": "2024-05-06T09:00:00",
        "events": [
            change("2024-05-06T10:00:00", "status", "new", "pending"),
            change("2024-05-06T12:00:00", "status", "pending", "open"),
            change("2024-05-06T12:30:00", "status", "open", "solved"),
            change("2024-05-07T08:00:00", "status", "solved", "open"),
        ],
    }
    policies = [target("agent_work", 2 * HOUR), target("total_resolution", 24 * HOUR)]

    def told(as_of: str) -> list[tuple[Any, ...]]:
        found = instances(world_run, policies, as_of=as_of, **arguments)
        return [(row["state"], row["used_seconds"] / HOUR, row["due_at"]) for row in found]

    # Stopped: no due date. Solved: both met. Open again: half an hour of work left, and the day has run on.
    assert told("2024-05-06T11:00:00") == [("active", 1, None), ("active", 2, at("2024-05-07T09:00:00"))]
    assert told("2024-05-06T20:00:00") == [
        ("met", 1.5, at("2024-05-06T13:00:00")),
        ("met", 3.5, at("2024-05-07T09:00:00")),
    ]
    assert told("2024-05-07T08:15:00") == [
        ("active", 1.75, at("2024-05-07T08:30:00")),
        ("active", 23.25, at("2024-05-07T09:00:00")),
    ]
    assert told("2024-05-07T10:00:00") == [
        ("breached", 3.5, at("2024-05-07T08:30:00")),
        ("breached", 25, at("2024-05-07T09:00:00")),
    ]


def test_a_due_date_counts_open_days_only(world_run: WorldRun) -> None:
    week = [{"schedule_id": "S1", "time_zone": "Europe/Riga", "weekday": day} for day in range(1, 6)]
    found = instances(
        world_run,
        [target("first_reply", 10 * HOUR, clock="business")],
        # A Friday at 15:00 in Riga: two hours until 17:00, eight on Monday, which end at its close.
        created="2024-03-29T13:00:00",
        as_of="2024-03-29T20:00:00",
        schedules=[{**day, "opens": "09:00", "closes": "17:00"} for day in week],
    )
    # The clocks went forward on Sunday: 17:00 is 14:00 UTC by then.
    assert [(row["due_at"], row["used_seconds"]) for row in found] == [(at("2024-04-01T14:00:00"), 2 * HOUR)]
