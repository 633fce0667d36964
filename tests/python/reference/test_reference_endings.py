"""Cases worked by hand: deletions, merges, who was in charge, and what counts."""

import pytest

from tests.reference.handmade import at, statuses, story, ticket
from tests.reference.lifecycle import TicketFacts, backlog_at, ticket_facts, ticket_spells

HOUR = 3600


def facts_of(row, events, as_of=100) -> TicketFacts:
    facts = ticket_facts(row, events, at(as_of))
    assert facts is not None
    return facts


def test_deletion_ends_the_last_spell_and_keeps_the_status():
    events = story((1, "status", "new", "open"), (3, "is_deleted", "false", "true"))
    facts = facts_of(ticket(0), events)
    assert (facts.status, facts.is_deleted, facts.is_countable) == ("open", True, False)
    assert (facts.open_seconds, facts.deleted_gap_seconds) == (2 * HOUR, 0)
    assert ticket_spells(ticket(0), events, at(9))[-1].ended_at == at(3)


def test_undeletion_resumes_the_kept_status():
    events = story(
        (1, "status", "new", "open"), (3, "is_deleted", "false", "true"), (7, "is_deleted", "true", "false"),
        (8, "status", "open", "solved"),
    )  # fmt: skip
    facts = facts_of(ticket(0), events)
    assert (facts.is_deleted, facts.open_seconds, facts.deleted_gap_seconds) == (False, 3 * HOUR, 4 * HOUR)
    assert facts.full_resolution_seconds == 8 * HOUR
    assert [spell.status for spell in ticket_spells(ticket(0), events, at(9))] == [
        "new",
        "open",
        "open",
        "solved",
    ]


def test_status_deleted_is_a_deletion_and_leaving_it_an_undeletion():
    events = statuses("open", (1, "deleted"), (3, "Open"), (4, "solved"))
    facts = facts_of(ticket(0), events)
    assert (facts.open_seconds, facts.deleted_gap_seconds, facts.solve_count) == (2 * HOUR, 2 * HOUR, 1)
    facts = facts_of(ticket(0), events, as_of=2)
    assert (facts.status, facts.is_deleted) == ("open", True)


def test_return_by_undeletion_is_neither_solve_nor_reopen():
    kept = story(
        (1, "status", "open", "solved"),
        (2, "is_deleted", "false", "true"),
        (3, "is_deleted", "true", "false"),
    )
    facts = facts_of(ticket(0), kept)
    assert (facts.solve_count, facts.reopen_count, facts.solved_at) == (1, 0, at(1))
    changed = story(
        (1, "status", "open", "solved"), (2, "is_deleted", "false", "true"),
        (2.5, "status", "solved", "open"), (3, "is_deleted", "true", "false"),
        (5, "status", "open", "solved"),
    )  # fmt: skip
    facts = facts_of(ticket(0), changed)
    assert (facts.solve_count, facts.reopen_count, facts.solved_at) == (2, 0, at(5))


def test_status_changed_while_deleted_takes_effect_at_undeletion():
    events = story(
        (1, "is_deleted", "false", "true"),
        (2, "status", "open", "solved"),
        (4, "is_deleted", "true", "false"),
    )
    assert facts_of(ticket(0), events, as_of=3).status == "open"
    assert facts_of(ticket(0), events).solved_at == at(4)


@pytest.mark.parametrize(("updated", "as_of", "deleted"), [(5, 9, True), (5, 4, False), (None, 4, True)])
def test_deletion_told_only_by_the_row_happened_when_it_was_written(updated, as_of, deleted):
    row = ticket(0, status="open", is_deleted="true", updated_at=updated and at(updated).isoformat())
    facts = facts_of(row, [], as_of=as_of)
    assert facts.is_deleted is deleted
    assert facts.open_seconds == ((updated or 0) if deleted else as_of) * HOUR


def test_merge_closes_without_a_solve_and_ignores_what_follows():
    events = story(
        (1, "assignee_id", None, "A"), (4, "merged_into_id", None, "2"), (4, "status", "new", "closed"),
        (5, "assignee_id", "A", "B"), (6, "status", "closed", "open"),
    )  # fmt: skip
    row = ticket(0, merged_into_id="2")
    facts = facts_of(row, events)
    assert (facts.status, facts.closed_at, facts.merged_into_id) == ("closed", at(4), "2")
    assert (facts.solved_at, facts.solve_count, facts.full_resolution_seconds) == (None, 0, None)
    assert (facts.new_seconds, facts.agent_count, facts.is_countable) == (4 * HOUR, 1, False)
    last = ticket_spells(row, events, at(9))[-1]
    assert (last.started_at, last.ended_at, last.status, last.assignee_id) == (at(4), None, "closed", "A")
    assert (last.seconds, last.is_solve) == (None, False)
    facts = facts_of(row, events, as_of=3)
    assert (facts.status, facts.merged_into_id, facts.is_countable) == ("new", None, True)


def test_merge_of_a_solved_ticket_keeps_its_solve():
    events = [*statuses("open", (1, "solved")), *story((4, "merged_into_id", None, "2"))]
    events[-1]["event_id"] = "later"
    facts = facts_of(ticket(0), events)
    assert (facts.solved_at, facts.closed_at, facts.full_resolution_seconds) == (at(1), at(4), HOUR)


def test_merge_without_event_is_the_last_move_into_closed_or_solved_else_the_writing_of_the_row():
    row = ticket(0, status="open", merged_into_id="2", updated_at=at(8).isoformat())
    facts = facts_of(row, statuses("open", (1, "solved"), (2, "open"), (5, "closed")))
    assert (facts.closed_at, facts.solve_count, facts.solved_at) == (at(5), 1, None)
    assert facts_of(row, []).closed_at == at(8)
    assert facts_of(ticket(0, merged_into_id="2"), []).closed_at == at(0)
    assert facts_of(row, [], as_of=7).merged_into_id is None


def test_merge_while_deleted_begins_no_spell():
    events = story((2, "is_deleted", "false", "true"), (4, "merged_into_id", None, "2"))
    row = ticket(0, status="open", merged_into_id="2")
    facts = facts_of(row, events)
    assert (facts.status, facts.is_deleted, facts.closed_at) == ("closed", True, at(4))
    assert facts.open_seconds == 2 * HOUR
    assert [spell.ended_at for spell in ticket_spells(row, events, at(9))] == [at(2)]


def test_merge_of_a_closed_ticket_goes_on_with_its_closed_spell():
    events = story((1, "status", "open", "closed"), (4, "merged_into_id", None, "2"))
    spells = ticket_spells(ticket(0), events, at(9))
    assert [(spell.started_at, spell.ended_at) for spell in spells] == [(at(0), at(1)), (at(1), None)]
    assert facts_of(ticket(0), events).closed_at == at(4)


def test_unlogged_merge_is_at_the_last_event_into_solved_or_closed():
    events = statuses("open", (1, "solved"), (2, "closed"), (5, "closed"))
    facts = facts_of(ticket(0, merged_into_id="2"), events)
    assert (facts.closed_at, facts.solved_at) == (at(5), at(1))


def test_ticket_leaves_status_deleted_by_way_of_an_unknown_code():
    facts = facts_of(ticket(0), statuses("open", (1, "deleted"), (2, "awaiting_vendor"), (3, "open")))
    assert (facts.is_deleted, facts.deleted_gap_seconds) == (False, 2 * HOUR)


@pytest.mark.parametrize(("field", "value"), [("is_spam", "TRUE"), ("is_test", True), ("is_deleted", True)])
def test_spam_tests_and_deleted_tickets_do_not_count(field, value):
    assert not facts_of(ticket(0, **{field: value}), []).is_countable
    assert facts_of(ticket(0, **{field: None}), []).is_countable


@pytest.mark.parametrize(
    ("initial", "assignees", "changes", "agents"),
    [
        (None, ["A"], 0, 1),
        (None, ["A", None, "A"], 0, 1),
        (None, ["A", "B"], 1, 2),
        (None, ["A", None, "B"], 1, 2),
        ("A", ["B", "A"], 2, 2),
        (None, [], 0, 0),
    ],
)
def test_assignments_count_from_the_second_agent_on(initial, assignees, changes, agents):
    olds = [initial, *assignees]
    events = story(*((1 + n, "assignee_id", olds[n], new) for n, new in enumerate(assignees)))
    facts = facts_of(ticket(0), events)
    assert (facts.assignee_change_count, facts.agent_count) == (changes, agents)
    assert facts.assignee_id == olds[-1]
    events = [{**event, "field": "group_id"} for event in events]
    facts = facts_of(ticket(0), events)
    assert (facts.team_change_count, facts.team_count, facts.group_id) == (changes, agents, olds[-1])


def test_backlog_counts_unsolved_tickets_that_are_neither_spam_nor_test():
    gone = story((5, "is_deleted", "false", "true"))
    helpdesk = [
        (ticket(0, status="pending"), []),
        (ticket(0, status="open", is_spam="true"), []),
        (ticket(0, status="open", is_test=True), []),
        (ticket(0), statuses("new", (4, "solved"))),
        (ticket(1), gone),
        (ticket(2, merged_into_id="1"), story((6, "merged_into_id", None, "1"))),
    ]
    assert [backlog_at(helpdesk, at(hours)) for hours in (-1, 0, 1, 2, 4, 5, 6)] == [0, 2, 3, 4, 3, 2, 1]
