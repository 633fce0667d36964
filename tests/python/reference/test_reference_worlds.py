"""The made-up worlds hold everything they promise, and are the same for the same seed."""

from collections import Counter
from datetime import timedelta
from itertools import groupby
from random import Random

import pytest

from tests.python.models.time_zones import to_local
from tests.reference.business_times import business_times
from tests.reference.history import read_history
from tests.reference.records import instant
from tests.reference.replies import read_messages, reply_facts
from tests.reference.waits import reply_waits
from tests.reference.worlds import random_world

WORLDS = [random_world(Random(seed), 60) for seed in range(30)]
HISTORIES = [(world, *history) for world in WORLDS for history in world.histories()]


def seen_of_messages() -> Counter[str]:
    seen: Counter[str] = Counter()
    for world, ticket, events, messages in HISTORIES:
        history = read_history(ticket, events, world.as_of)
        told = read_messages(ticket, messages, history, world.as_of) if history else []
        seen.update(message.not_counting_reason or "counts" for message in told)
        waits = reply_waits(ticket, events, messages, world.opening_hours(), world.as_of)
        seen.update(wait.state for wait in waits)
        seen["later wait"] += len(waits) > 1
        seen["no time at all"] += any(wait.seconds == 0 for wait in waits)
        for _, together in groupby(sorted(told, key=lambda each: each.sent_at), lambda each: each.sent_at):
            seen["same instant"] += len(list(together)) > 1
        ids = [message["message_id"] for message in messages]
        seen["message lands again"] += len(set(ids)) < len(ids)
        seen["after as_of"] += any(instant(message["sent_at"]) > world.as_of for message in messages)
        seen["before creation"] += any(
            instant(message["sent_at"]) < instant(ticket["created_at"]) for message in messages
        )
    return seen


def seen_of_schedules() -> Counter[str]:
    seen: Counter[str] = Counter()
    for world in WORLDS:
        rows = world.schedules
        seen["overnight"] += any(row["closes"] <= row["opens"] for row in rows)
        seen["crosses the week"] += any(row["closes"] <= row["opens"] and row["weekday"] == 7 for row in rows)
        seen["until midnight"] += any(row["closes"] == "24:00" for row in rows)
        seen["versions"] += any("valid_to" in row for row in rows)
        seen["holidays"] += bool(world.holidays)
        seen["two zones"] += len({row["time_zone"] for row in rows}) > 1
        seen["default"] += world.default_schedule_id == "S1"
        seen["no default"] += world.default_schedule_id is None
        start = world.as_of - timedelta(days=14)
        offsets = {
            to_local(at, row["time_zone"]) - at
            for row in rows[:1]
            for at in (start + timedelta(days=day) for day in range(29))
        }
        seen["clocks change"] += len(offsets) > 1
    return seen


def seen_of_times() -> Counter[str]:
    seen: Counter[str] = Counter()
    for world, ticket, events, messages in HISTORIES:
        replies = reply_facts(ticket, events, messages, world.as_of)
        if replies is None:
            continue
        times = business_times(ticket, events, replies.first_replied_at, world.opening_hours(), world.as_of)
        for name in ("requester_wait", "first_response", "first_resolution", "full_resolution"):
            modes = {seconds for mode, seconds in times.items() if mode.startswith(name)}
            seen[f"{name} differs"] += len(modes) > 1
        seen[f"one touch {replies.is_one_touch}"] += 1
        seen["0 business seconds"] += times["first_response_business_seconds"] == 0
    return seen


@pytest.mark.parametrize("seen", [seen_of_messages, seen_of_schedules, seen_of_times])
def test_everything_is_made_up_several_times(seen):
    assert {name: count for name, count in seen().items() if count < 3} == {}


def test_reasons_and_states_are_all_there():
    seen = set(seen_of_messages())
    assert seen > {"replied", "solved_unreplied", "dropped", "waiting", "counts", "description", "private"}
    assert seen > {"automated", "by_bot", "by_system", "by_customer", "after_merge", "same_session"}


def test_same_seed_same_world_and_no_id_twice():
    assert random_world(Random(7), 60) == WORLDS[7]
    for world in WORLDS:
        owners = {message["message_id"]: message["ticket_id"] for message in world.messages}
        assert all(owners[message["message_id"]] == message["ticket_id"] for message in world.messages)
        assert len({ticket["ticket_id"] for ticket in world.tickets}) == len(world.tickets) == 61
