"""A ticket's history: the states it went through until as_of, its deletions and its merge.

Where the contract leaves room, this reference reads it so:

* The first status event tells the initial status even when its own new code is unknown.
* A ticket leaves status ``deleted`` when the event says so or when the last known code was ``deleted``.
* A row with status ``deleted`` and no deletion event is deleted like a row with ``is_deleted``.
* The merge is the first event that names a ticket; all events at that instant or later are ignored,
  a deletion too. Without an event it is the last event into solved or closed, whatever as_of is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from tests.reference.changes import has_status_history, initial_value, last_written_at, read_changes
from tests.reference.records import (
    DELETED,
    SOLVED,
    Change,
    Record,
    flag,
    instant,
    ordered_changes,
    status_code,
    text,
)


@dataclass(frozen=True)
class State:
    """What holds of a ticket from one instant to the next."""

    status: str
    assignee_id: str | None
    group_id: str | None
    priority: str | None
    is_deleted: bool


@dataclass(frozen=True)
class History:
    """The states of a ticket until its merge or as_of, each from its instant on; never two at one instant."""

    created_at: datetime
    initial: State
    timeline: list[tuple[datetime, State]]
    is_incomplete: bool
    merged_at: datetime | None
    merged_into_id: str | None


def _applied(state: State, change: Change) -> State:
    match change.field:
        case "status":
            return replace(state, status=change.new or state.status)
        case "is_deleted":
            told = flag(change.new)
            return state if told is None else replace(state, is_deleted=told)
        case "assignee_id":
            return replace(state, assignee_id=change.new)
        case "group_id":
            return replace(state, group_id=change.new)
        case "priority":
            return replace(state, priority=change.new)
    return state


def _walk(initial: State, changes: Sequence[Change]) -> Iterator[tuple[datetime, State, State]]:
    """Each instant with the state before it and the state after all of its changes."""
    state = initial
    for at, together in groupby(changes, key=lambda change: change.at):
        before = state
        for change in together:
            state = _applied(state, change)
        yield at, before, state


def _merge(ticket: Record, changes: Sequence[Change]) -> tuple[datetime | None, str | None]:
    for change in changes:
        if change.field == "merged_into_id" and change.new:
            return change.at, change.new
    merged_into_id = text(ticket.get("merged_into_id"))
    if merged_into_id is None:
        return None, None
    moves = [change.at for change in changes if change.field == "status" and change.new in SOLVED]
    return (moves[-1] if moves else last_written_at(ticket)), merged_into_id


def read_history(ticket: Record, events: Sequence[Record], as_of: datetime) -> History | None:
    """Read the history of one ticket.

    Args:
        ticket: Record of the stream ``tickets``.
        events: Its ``ticket_events`` in the order they landed.
        as_of: Instant after which nothing has happened yet.

    Returns:
        The history, or None when the ticket is created after as_of.
    """
    created_at, now = instant(ticket["created_at"]), instant(as_of)
    if created_at > now:
        return None
    raw = ordered_changes(ticket, events)
    changes = read_changes(ticket, raw)
    is_incomplete = not has_status_history(ticket, raw)
    told_status = status_code(ticket.get("status") if is_incomplete else initial_value("status", ticket, raw))
    deletions = [flag(change.old) for change in changes if change.field == "is_deleted"]
    initial = State(
        status="new" if told_status in (None, DELETED) else str(told_status),
        assignee_id=initial_value("assignee_id", ticket, raw),
        group_id=initial_value("group_id", ticket, raw),
        priority=initial_value("priority", ticket, raw),
        is_deleted=bool(deletions and deletions[0]),
    )
    merged_at, merged_into_id = _merge(ticket, changes)
    if merged_at is None or merged_at > now:
        merged_at, merged_into_id = None, None
    lived = [
        change for change in changes if change.at <= now and (merged_at is None or change.at < merged_at)
    ]
    timeline = [] if merged_at == created_at else [(created_at, initial)]
    for at, _, after in _walk(initial, lived):
        if timeline and timeline[-1][0] == at:
            timeline.pop()
        timeline.append((at, after))
    return History(created_at, initial, timeline, is_incomplete, merged_at, merged_into_id)
