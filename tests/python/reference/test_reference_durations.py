"""Cases worked by hand: solves, reopens and the time in each status."""

import pytest

from tests.reference.handmade import at, statuses, story, ticket
from tests.reference.lifecycle import TicketFacts, ticket_facts, ticket_spells

HOUR = 3600


def facts_of(row, events, as_of=100) -> TicketFacts:
    facts = ticket_facts(row, events, at(as_of))
    assert facts is not None
    return facts


def test_gitlab_handbook_ticket_sums_to_53_and_a_half_hours():
    # Monday 09:00 to Wednesday 14:30; the handbook's own sums are wrong, these add up.
    events = statuses(
        "new", (14, "open"), (16, "pending"), (34, "open"), (35, "hold"), (62, "open"), (62.5, "solved")
    )
    facts = facts_of(ticket(9, status="solved"), events)
    assert facts.new_seconds == 5 * HOUR
    assert facts.open_seconds == 3.5 * HOUR
    assert facts.pending_seconds == facts.agent_wait_seconds == 18 * HOUR
    assert facts.hold_seconds == 27 * HOUR
    assert facts.full_resolution_seconds == facts.first_resolution_seconds == 53.5 * HOUR
    assert facts.requester_wait_seconds == 35.5 * HOUR
    assert facts.agent_work_seconds == 8.5 * HOUR
    assert facts.resolution_ex_pending_seconds == 35.5 * HOUR
    assert facts.resolution_ex_hold_seconds == 26.5 * HOUR
    assert facts.resolution_ex_pending_and_hold_seconds == 8.5 * HOUR
    assert (facts.solved_gap_seconds, facts.deleted_gap_seconds) == (0, 0)


def test_reopened_ticket_counts_its_reopen_and_runs_again():
    facts = facts_of(ticket(9), statuses("open", (10, "solved"), (11, "open")), as_of=12)
    assert (facts.status, facts.reopen_count, facts.solve_count) == ("open", 1, 1)
    assert facts.solved_at is None
    assert facts.full_resolution_seconds is None
    assert facts.resolution_ex_pending_seconds is None
    assert facts.first_solved_at == at(10)
    assert facts.first_resolution_seconds == HOUR
    assert (facts.open_seconds, facts.solved_gap_seconds) == (2 * HOUR, HOUR)


def test_full_resolution_includes_the_time_solved_before_a_reopen():
    facts = facts_of(ticket(0), statuses("open", (1, "solved"), (5, "closed"), (6, "open"), (8, "solved")))
    assert (facts.solve_count, facts.reopen_count) == (2, 1)
    assert (facts.solved_at, facts.first_solved_at) == (at(8), at(1))
    assert (facts.open_seconds, facts.solved_gap_seconds) == (3 * HOUR, 5 * HOUR)
    assert facts.full_resolution_seconds == 8 * HOUR


def test_closed_without_solved_is_a_solve_and_solved_to_closed_is_none():
    facts = facts_of(ticket(0), statuses("open", (2, "closed")))
    assert (facts.solved_at, facts.closed_at, facts.solve_count) == (at(2), at(2), 1)
    facts = facts_of(ticket(0), statuses("open", (2, "solved"), (5, "closed")))
    assert (facts.solved_at, facts.closed_at, facts.solve_count) == (at(2), at(5), 1)


def test_ticket_created_solved_is_solved_at_its_creation():
    facts = facts_of(ticket(3), statuses("solved", (5, "closed")))
    assert facts.solved_at == facts.first_solved_at == at(3)
    assert (facts.full_resolution_seconds, facts.new_seconds, facts.closed_at) == (0, 0, at(5))


@pytest.mark.parametrize("status", ["solved", "CLOSED"])
def test_missing_history_invents_no_solve(status):
    facts = facts_of(ticket(0, status=status), [])
    assert facts.is_history_incomplete
    assert facts.status == status.lower()
    assert (facts.solved_at, facts.first_solved_at, facts.solve_count) == (None, None, None)
    assert (facts.closed_at, facts.full_resolution_seconds) == (None, None)
    assert (facts.new_seconds, facts.requester_wait_seconds, facts.solved_gap_seconds) == (None, None, None)
    (spell,) = ticket_spells(ticket(0, status=status), [], at(100))
    assert (spell.ended_at, spell.seconds, spell.is_solve) == (None, None, False)


def test_unsolved_ticket_with_other_events_just_never_changed_its_status():
    events = story((1, "assignee_id", None, "A"))
    facts = facts_of(ticket(0, status="new", assignee_id="A"), events, as_of=7)
    assert (facts.is_history_incomplete, facts.solve_count, facts.new_seconds) == (False, 0, 7 * HOUR)
    assert facts_of(ticket(0, status="solved", assignee_id="A"), events).is_history_incomplete


def test_missing_history_of_an_unsolved_ticket_runs_to_as_of():
    facts = facts_of(ticket(0, status="Pending"), [], as_of=7)
    assert facts.is_history_incomplete
    assert (facts.status, facts.pending_seconds, facts.new_seconds) == ("pending", 7 * HOUR, 0)


def test_unknown_codes_keep_the_status_before():
    facts = facts_of(ticket(0), statuses("open", (1, "awaiting_vendor"), (4, "solved")))
    assert (facts.open_seconds, facts.is_history_incomplete) == (4 * HOUR, False)
    assert facts_of(ticket(0, status="awaiting_vendor"), []).status == "new"


def test_changes_of_one_instant_count_as_their_last_state():
    facts = facts_of(ticket(0), statuses("open", (1, "solved"), (1, "open")), as_of=2)
    assert (facts.solve_count, facts.reopen_count, facts.open_seconds) == (0, 0, 2 * HOUR)


def test_order_is_by_instant_then_event_id_and_the_version_landed_last_counts():
    first, second = statuses("new", (1, "open"), (1, "pending"))
    assert facts_of(ticket(0), [second, first]).status == "pending"
    changed = {**second, "new_value": "hold"}
    assert facts_of(ticket(0), [second, first, changed, first]).status == "hold"


def test_events_before_creation_are_taken_at_creation_in_their_order():
    events = statuses("new", (1, "open"), (2, "pending"))
    events[0]["event_id"], events[1]["event_id"] = "b", "a"
    facts = facts_of(ticket(5), events, as_of=6)
    assert (facts.status, facts.new_seconds, facts.pending_seconds) == ("pending", 0, HOUR)


def test_what_is_after_as_of_has_not_happened_but_tells_the_initial_value():
    events = statuses("hold", (10, "solved"))
    facts = facts_of(ticket(0, status="solved"), events, as_of=4)
    assert (facts.status, facts.hold_seconds, facts.is_history_incomplete) == ("hold", 4 * HOUR, False)
    assert ticket_facts(ticket(5), events, at(4)) is None
    assert ticket_spells(ticket(5), events, at(4)) == []


def test_offsets_are_converted_and_parts_of_seconds_add_up():
    row = {"created_at": "2026-03-02T02:00:00.900+02:00"}
    events = statuses("new", (1, "open"), (2, "solved"))
    events[0]["occurred_at"] = "2026-03-02T01:00:00.100Z"
    facts = facts_of(row, events)
    assert facts.new_seconds + facts.open_seconds == facts.full_resolution_seconds == 2 * HOUR


def test_spells_split_where_any_of_their_values_changes():
    events = story(
        (1, "assignee_id", None, "A"), (2, "status", "new", "open"), (3, "priority", "low", "high"),
        (4, "type", "question", "problem"), (5, "group_id", "G1", "G2"), (6, "status", "open", "solved"),
    )  # fmt: skip
    spells = ticket_spells(ticket(0), events, at(9))
    assert [(spell.started_at, spell.ended_at) for spell in spells] == [
        (at(0), at(1)), (at(1), at(2)), (at(2), at(3)), (at(3), at(5)), (at(5), at(6)), (at(6), None),
    ]  # fmt: skip
    assert [spell.seconds for spell in spells] == [HOUR, HOUR, HOUR, 2 * HOUR, HOUR, None]
    assert [spell.is_solve for spell in spells] == [False] * 5 + [True]
    assert (spells[0].assignee_id, spells[0].group_id, spells[0].priority) == (None, "G1", "low")
    assert (spells[5].assignee_id, spells[5].group_id, spells[5].priority) == ("A", "G2", "high")
