"""Calls, touches, shifts and states of the simulated agents agree with each other and with opening hours."""

from collections import defaultdict
from datetime import date, datetime
from itertools import pairwise

import pytest

from orchestration.simulate.agent_states import shift_states
from orchestration.simulate.chance import Chance
from orchestration.simulate.touches import Touch, Workbook
from orchestration.simulate.world import make_world


def at(text):
    return int(datetime.fromisoformat(text).timestamp())


def distinct(records):
    return [dict(items) for items in dict.fromkeys(tuple(record.items()) for record in records)]


@pytest.fixture(scope="module")
def states_by_agent(extract):
    found = defaultdict(list)
    for state in distinct(extract.records("agent_states")):
        found[state["agent_id"]].append(state)
    return {agent: sorted(states, key=lambda state: state["started_at"]) for agent, states in found.items()}


def test_states_of_an_agent_never_overlap(states_by_agent):
    for states in states_by_agent.values():
        for earlier, later in pairwise(states):
            assert earlier["started_at"] < earlier["ended_at"] <= later["started_at"]


def test_states_fill_each_shift_without_a_gap(extract, states_by_agent):
    shifts = [shift for shift in distinct(extract.records("shifts")) if shift["ends_at"] < "2017-02-18"]
    assert len(shifts) > 1_000
    for shift in shifts:
        inside = [
            state
            for state in states_by_agent[shift["agent_id"]]
            if shift["starts_at"] <= state["started_at"] < shift["ends_at"]
        ]
        assert inside[0]["started_at"] == shift["starts_at"]
        assert inside[-1]["ended_at"] == shift["ends_at"]
        assert all(earlier["ended_at"] == later["started_at"] for earlier, later in pairwise(inside))


def test_shifts_lie_within_the_opening_hours_of_the_agents_desk_and_within_employment(extract):
    world = make_world(date(2016, 2, 20), date(2017, 2, 18), 2_000, Chance("7/generic"))
    agents = {one.agent_id: one for group in world.population.agents.values() for one in group}
    for shift in extract.records("shifts"):
        agent, begin, end = agents[shift["agent_id"]], at(shift["starts_at"]), at(shift["ends_at"])
        hours = world.hours[agent.schedule_id]
        assert hours.is_open(begin)
        assert hours.before(end) - hours.before(begin) == end - begin > 0
        assert agent.works_from <= begin < agent.works_until


def test_agents_handle_tickets_and_calls_in_their_states(extract, states_by_agent):
    states = [state for states in states_by_agent.values() for state in states]
    handled = {state["ticket_id"] for state in states if state["state"] == "handling"} - {None}
    assert len(handled) > 1_000
    assert any(state["state"] == "after_call" and state["channel"] == "phone" for state in states)
    assert all(state["state"] in ("handling", "after_call") for state in states if state["channel"])
    assert all(state["started_at"] < state["ended_at"] for state in states if state["ended_at"])


def test_a_sitting_of_several_touches_is_one_state_of_no_single_ticket():
    touches = [
        Touch(1_000, 1_400, "one", "email", "7"),
        Touch(1_300, 1_900, "one", "email", "8"),
        Touch(4_000, 4_300, "one", "phone", "9", 60),
        Touch(9_900, 12_000, "one", "email", "10"),
    ]
    states = shift_states(0, 10_000, touches, False, Chance(1))
    assert [tuple(state) for state in states if state.state in ("handling", "after_call")] == [
        (1_000, 1_900, "handling", "email", None),
        (4_000, 4_300, "handling", "phone", "9"),
        (4_300, 4_360, "after_call", "phone", "9"),
        (9_900, 10_000, "handling", "email", "10"),
    ]
    assert states[0].started_at == 0
    assert states[-1].ended_at == 10_000


def test_a_workbook_gives_up_each_touch_once():
    book = Workbook()
    for start in (50, 10, 90):
        book.add(Touch(start, start + 5, "one", "email", None))
    assert [touch.started_at for touch in book.take("one", 60)] == [10, 50]
    assert [touch.started_at for touch in book.take("one", 200)] == [90]
    assert book.take("another", 200) == []


def test_calls_end_as_their_outcome_says(extract):
    calls = {call["call_id"]: call for call in extract.records("calls")}
    assert 0.2 < len(calls) / 2_000 < 0.4
    legs = defaultdict(list)
    for leg in distinct(extract.records("call_legs")):
        legs[leg["call_id"]].append(leg)
    assert any(len(parts) > 1 for parts in legs.values())
    for call_id, call in calls.items():
        has_talked = call["outcome"] in ("answered", "callback", "abandoned_on_hold")
        assert (call["agent_id"] is not None) == (call["talk_seconds"] is not None) == has_talked
        assert (call["block_cause"] is not None) == (call["outcome"] == "blocked")
        for measure in ("talk_seconds", "hold_seconds", "wrap_up_seconds"):
            told = [leg[measure] for leg in legs[call_id] if leg[measure] is not None]
            assert sum(told) == (call[measure] or 0)
        if call["outcome"] in ("blocked", "outside_hours", "abandoned_in_ivr"):
            assert call["wait_seconds"] is None
            assert not legs[call_id]
    waits = [call["wait_seconds"] for call in calls.values() if call["outcome"] == "abandoned_in_queue"]
    assert min(waits) <= 5 < max(waits)


def test_phone_tickets_began_with_a_call(extract):
    tickets = extract.latest_tickets()
    called = {call["ticket_id"] for call in extract.records("calls")} - {None}
    assert called
    assert {tickets[ticket_id]["channel"] for ticket_id in called} == {"phone"}
    phone = {ticket_id for ticket_id, ticket in tickets.items() if ticket["channel"] == "phone"}
    assert len(called) > 0.9 * len(phone)
    for call in extract.records("calls"):
        if call["ticket_id"]:
            assert call["customer_id"] == tickets[call["ticket_id"]]["requester_id"]


def test_time_entries_tell_the_work_of_agents_on_the_ticket(extract):
    acted = defaultdict(set)
    for stream, who, kind in (
        ("ticket_events", "actor_id", "actor_type"),
        ("messages", "author_id", "author_type"),
    ):
        for record in extract.records(stream):
            if record[kind] == "agent":
                acted[record["ticket_id"]].add(record[who])
    lost = set(extract.latest_tickets()) - set(extract.events_by_ticket())
    for entry in extract.records("time_entries"):
        assert entry["seconds"] > 0
        assert entry["agent_id"] in acted[entry["ticket_id"]] or entry["ticket_id"] in lost
