"""How long a ticket lay in each status, and the sums that the KPIs take of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tests.reference.history import History
from tests.reference.records import SOLVED, seconds_between
from tests.reference.spells import Spell


@dataclass(frozen=True, kw_only=True)
class Durations:
    """Whole seconds of one clock; a status never entered is 0, what is not known is None."""

    full_resolution_seconds: int | None
    new_seconds: int | None
    open_seconds: int | None
    pending_seconds: int | None
    hold_seconds: int | None
    solved_gap_seconds: int | None
    deleted_gap_seconds: int | None
    resolution_ex_pending_seconds: int | None
    resolution_ex_hold_seconds: int | None
    resolution_ex_pending_and_hold_seconds: int | None
    requester_wait_seconds: int | None
    agent_wait_seconds: int | None
    agent_work_seconds: int | None


def _nothing_known() -> Durations:
    return Durations(**dict.fromkeys(Durations.__dataclass_fields__))


def durations(
    history: History,
    lived: Sequence[Spell],
    solved_at: datetime | None,
    as_of: datetime,
    measure: Callable[[datetime, datetime], int] = seconds_between,
) -> Durations:
    """Add up the time in each status, from creation to the current solve, else to deletion, merge or as_of.

    Args:
        history: States of one ticket.
        lived: Its spells until the merge.
        solved_at: The last solve of a ticket that is solved now.
        as_of: Instant to which a running spell counts (naive UTC).
        measure: The clock: seconds between two instants, so that parts add up to the whole.

    Returns:
        The durations; all None when a solved ticket's history is missing.
    """
    if history.is_incomplete and history.initial.status in SOLVED:
        return _nothing_known()
    spent = dict.fromkeys(("new", "open", "pending", "hold", "solved", "closed", "deleted"), 0)
    reached = history.created_at
    for spell in lived:
        spent["deleted"] += measure(reached, spell.started_at)
        if spell.started_at == solved_at:
            break
        reached = spell.ended_at or as_of
        spent[spell.status] += measure(spell.started_at, reached)
    full = measure(history.created_at, solved_at) if solved_at else None
    return Durations(
        full_resolution_seconds=full,
        new_seconds=spent["new"],
        open_seconds=spent["open"],
        pending_seconds=spent["pending"],
        hold_seconds=spent["hold"],
        solved_gap_seconds=spent["solved"] + spent["closed"],
        deleted_gap_seconds=spent["deleted"],
        resolution_ex_pending_seconds=None if full is None else full - spent["pending"],
        resolution_ex_hold_seconds=None if full is None else full - spent["hold"],
        resolution_ex_pending_and_hold_seconds=None
        if full is None
        else full - spent["pending"] - spent["hold"],
        requester_wait_seconds=spent["new"] + spent["open"] + spent["hold"],
        agent_wait_seconds=spent["pending"],
        agent_work_seconds=spent["new"] + spent["open"],
    )
