"""The independent reference of ticket lifecycles: what ``fct_tickets`` must say, one ticket at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise, takewhile

from tests.reference.durations import Durations, durations
from tests.reference.history import History, read_history
from tests.reference.records import SOLVED, UNSOLVED, Record, flag, seconds_between
from tests.reference.records import instant as utc
from tests.reference.spells import Spell, all_spells, lived_spells

__all__ = ["Spell", "TicketFacts", "backlog_at", "backlog_parts_at", "ticket_facts", "ticket_spells"]


@dataclass(frozen=True, kw_only=True)
class TicketFacts(Durations):
    """The lifecycle of one ticket; instants are naive UTC, ``…_seconds`` are whole calendar seconds."""

    status: str
    is_countable: bool
    is_deleted: bool
    is_spam: bool
    merged_into_id: str | None
    is_history_incomplete: bool
    created_at: datetime
    first_solved_at: datetime | None
    solved_at: datetime | None
    closed_at: datetime | None
    first_resolution_seconds: int | None
    reopen_count: int | None
    solve_count: int | None
    assignee_change_count: int
    team_change_count: int
    agent_count: int
    assignee_station_count: int
    team_station_count: int
    team_count: int
    assignee_id: str | None
    group_id: str | None
    priority: str | None


def _change_count(values: Sequence[str | None]) -> int:
    """Assignments after the first: to another one than the last, whatever time nobody was in charge."""
    assigned = [value for value in values if value is not None]
    return sum(before != after for before, after in pairwise(assigned))


def _station_count(values: Sequence[str | None]) -> int:
    """Turns of those in charge: two in a row of one and the same, with nobody in between or not, are one."""
    turns: list[str] = []
    for value in values:
        if value is not None and turns[-1:] != [value]:
            turns.append(value)
    return len(turns)


def _closed_at(history: History, lived: Sequence[Spell]) -> datetime | None:
    if history.merged_at or history.is_incomplete:
        return history.merged_at
    closed = list(takewhile(lambda spell: spell.status == "closed", reversed(lived)))
    return closed[-1].started_at if closed else None


def ticket_facts(ticket: Record, events: Sequence[Record], as_of: datetime) -> TicketFacts | None:
    """Compute the lifecycle of one ticket.

    Args:
        ticket: Record of the stream ``tickets``.
        events: Its ``ticket_events`` in the order they landed.
        as_of: The run's one "now"; without an offset it is UTC.

    Returns:
        The facts, or None when the ticket does not exist yet at as_of.
    """
    history = read_history(ticket, events, as_of)
    if history is None:
        return None
    now = utc(as_of)
    lived, spells = lived_spells(history, now), all_spells(history, now)
    held = spells[-1] if spells else (history.timeline[0][1] if history.timeline else history.initial)
    solves = [spell.started_at for spell in lived if spell.is_solve]
    is_solved = bool(lived) and lived[-1].status in SOLVED
    solved_at = solves[-1] if is_solved and solves else None
    is_deleted = bool(history.timeline) and history.timeline[-1][1].is_deleted
    is_spam, is_test = bool(flag(ticket.get("is_spam"))), bool(flag(ticket.get("is_test")))
    return TicketFacts(
        **vars(durations(history, lived, solved_at, now)),
        status="closed" if history.merged_at else held.status,
        is_countable=not (is_spam or is_deleted or is_test or history.merged_at),
        is_deleted=is_deleted,
        is_spam=is_spam,
        merged_into_id=history.merged_into_id,
        is_history_incomplete=history.is_incomplete,
        created_at=history.created_at,
        first_solved_at=solves[0] if solves else None,
        solved_at=solved_at,
        closed_at=_closed_at(history, lived),
        first_resolution_seconds=seconds_between(history.created_at, solves[0]) if solves else None,
        reopen_count=None if history.is_incomplete else sum(spell.is_reopen for spell in spells),
        solve_count=None if history.is_incomplete else len(solves),
        assignee_change_count=_change_count([spell.assignee_id for spell in spells]),
        team_change_count=_change_count([spell.group_id for spell in spells]),
        agent_count=len({spell.assignee_id for spell in spells} - {None}),
        assignee_station_count=_station_count([spell.assignee_id for spell in spells]),
        team_station_count=_station_count([spell.group_id for spell in spells]),
        team_count=len({spell.group_id for spell in spells} - {None}),
        assignee_id=held.assignee_id,
        group_id=held.group_id,
        priority=held.priority,
    )


def ticket_spells(ticket: Record, events: Sequence[Record], as_of: datetime) -> list[Spell]:
    """The spells of one ticket at as_of, in order; none when the ticket does not exist yet.

    Args:
        ticket: Record of the stream ``tickets``.
        events: Its ``ticket_events`` in the order they landed.
        as_of: The run's one "now"; without an offset it is UTC.
    """
    history = read_history(ticket, events, as_of)
    return all_spells(history, utc(as_of)) if history else []


def backlog_at(tickets_with_events: Iterable[tuple[Record, Sequence[Record]]], instant: datetime) -> int:
    """Count the unsolved tickets at one instant.

    Args:
        tickets_with_events: Each ticket with its events.
        instant: The instant; what happens at it has happened.

    Returns:
        Tickets that are new, open, pending or hold and not deleted, merged, spam or tests.
    """
    return len(_unsolved_at(tickets_with_events, instant))


def backlog_parts_at(
    tickets_with_events: Iterable[tuple[Record, Sequence[Record]]], instant: datetime, target_seconds: int
) -> dict[str, int]:
    """Count the parts of the backlog at one instant, of a helpdesk without policies and messages.

    Args:
        tickets_with_events: Each ticket with its events.
        instant: The instant; what happens at it has happened.
        target_seconds: Time in which a ticket should be solved.

    Returns:
        Tickets that are new, nobody's, in no team either, and older than the target.
    """
    facts = _unsolved_at(tickets_with_events, instant)
    unassigned = [fact for fact in facts if fact.assignee_id is None]
    overdue = [fact for fact in facts if seconds_between(fact.created_at, utc(instant)) > target_seconds]
    return {
        "new_count": sum(fact.status == "new" for fact in facts),
        "unassigned_count": len(unassigned),
        "without_team_count": sum(fact.group_id is None for fact in unassigned),
        "overdue_reply_count": 0,
        "overdue_resolution_count": len(overdue),
        "overdue_count": len(overdue),
    }


def _unsolved_at(
    tickets_with_events: Iterable[tuple[Record, Sequence[Record]]], instant: datetime
) -> list[TicketFacts]:
    facts = (ticket_facts(ticket, events, instant) for ticket, events in tickets_with_events)
    return [fact for fact in facts if fact is not None and fact.is_countable and fact.status in UNSOLVED]
