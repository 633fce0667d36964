"""A ticket's changes in the warehouse's words: known status codes, deletions as changes of is_deleted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from tests.reference.records import DELETED, SOLVED, Change, Record, flag, instant, status_code, text

TRACKED = ("status", "assignee_id", "group_id", "priority", "is_deleted", "merged_into_id", "schedule_id")


def has_status_history(ticket: Record, raw: Sequence[Change]) -> bool:
    """Whether the status is known from creation on; otherwise the history is incomplete.

    It is when an event moves the ticket to a known status, or when other events show that the log is there
    and the ticket, unsolved, simply never changed its status.
    """
    status_changes = [change for change in raw if change.field == "status"]
    if status_changes:
        return any(status_code(change.new) for change in status_changes)
    is_logged = any(change.field in TRACKED for change in raw)
    return is_logged and status_code(ticket.get("status")) not in SOLVED


def initial_value(field: str, ticket: Record, changes: Sequence[Change]) -> str | None:
    """Value of a field at creation: the first event's old value, else the ticket row's value."""
    old_values = [change.old for change in changes if change.field == field]
    return old_values[0] if old_values else text(ticket.get(field))


def _in_known_codes(raw: Sequence[Change]) -> Iterator[Change]:
    codes = [status_code(change.old) for change in raw if change.field == "status"]
    last_code = codes[0] if codes else None
    for change in raw:
        if change.field != "status":
            yield change
            continue
        old, new = status_code(change.old), status_code(change.new)
        if new is None:
            continue
        was_deleted = DELETED in (old, last_code)
        if was_deleted or new == DELETED:
            yield Change(change.at, "is_deleted", text(was_deleted), text(new == DELETED))
        if new != DELETED:
            yield replace(change, new=new)
        last_code = new


def _unlogged_deletion(ticket: Record, changes: Sequence[Change]) -> list[Change]:
    is_deleted = flag(ticket.get("is_deleted")) or status_code(ticket.get("status")) == DELETED
    if not is_deleted or any(change.field == "is_deleted" for change in changes):
        return []
    return [Change(last_written_at(ticket), "is_deleted", "false", "true")]


def last_written_at(ticket: Record) -> datetime:
    """When the ticket row was written, for what it says without an event: updated_at, else created_at."""
    created_at = instant(ticket["created_at"])
    return max(instant(ticket.get("updated_at") or created_at), created_at)


def read_changes(ticket: Record, raw: Sequence[Change]) -> list[Change]:
    """Say a ticket's changes in the words of the warehouse.

    Args:
        ticket: Record of the stream ``tickets``.
        raw: Its changes as ``ordered_changes`` gives them.

    Returns:
        The changes by instant: status moves to known codes only, moves into and out of status ``deleted``
        as changes of ``is_deleted``, and a deletion that only the row tells of.
    """
    changes = list(_in_known_codes(raw))
    return sorted(changes + _unlogged_deletion(ticket, changes), key=lambda change: change.at)
