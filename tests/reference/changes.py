"""A ticket's changes in the warehouse's words: known status codes, deletions as changes of is_deleted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from tests.reference.records import DELETED, Change, Record, flag, instant, status_code, text


def has_status_history(raw: Sequence[Change]) -> bool:
    """Whether any event moves the ticket to a status that is known; otherwise its history is incomplete."""
    return any(change.field == "status" and status_code(change.new) for change in raw)


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
