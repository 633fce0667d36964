"""The spells of a history: maximal half-open intervals in which status, assignee, team and priority hold."""

from dataclasses import dataclass, replace
from datetime import datetime

from tests.reference.history import History, State
from tests.reference.records import SOLVED, seconds_between


@dataclass(frozen=True)
class Spell:
    """One spell; ``ended_at`` is None while it runs, ``seconds`` is None while it runs solved or closed."""

    started_at: datetime
    ended_at: datetime | None
    status: str
    assignee_id: str | None
    group_id: str | None
    priority: str | None
    seconds: int | None
    is_solve: bool
    is_reopen: bool


def _holds_on(spell: Spell, state: State, at: datetime) -> bool:
    values = (spell.status, spell.assignee_id, spell.group_id, spell.priority)
    return spell.ended_at == at and values == (
        state.status,
        state.assignee_id,
        state.group_id,
        state.priority,
    )


def _next_spell(previous: Spell | None, state: State, start: datetime, end: datetime | None) -> Spell:
    is_solved = state.status in SOLVED
    was_solved = previous is not None and previous.status in SOLVED
    is_continued = previous is not None and previous.ended_at == start
    return Spell(
        started_at=start,
        ended_at=end,
        status=state.status,
        assignee_id=state.assignee_id,
        group_id=state.group_id,
        priority=state.priority,
        seconds=None,
        is_solve=is_solved and not was_solved,
        is_reopen=was_solved and not is_solved and is_continued,
    )


def _timed(spell: Spell, as_of: datetime) -> Spell:
    if spell.ended_at is None and spell.status in SOLVED:
        return spell
    return replace(spell, seconds=seconds_between(spell.started_at, spell.ended_at or as_of))


def lived_spells(history: History, as_of: datetime) -> list[Spell]:
    """Cut a history into spells, up to the merge if there is one.

    Args:
        history: States of one ticket.
        as_of: Instant to which running seconds count (naive UTC).

    Returns:
        The spells in order. Time deleted is in none; a history without status events has no solve.
    """
    spells: list[Spell] = []
    ends = [at for at, _ in history.timeline[1:]] + [history.merged_at]
    for (start, state), end in zip(history.timeline, ends, strict=False):
        if state.is_deleted:
            continue
        if spells and _holds_on(spells[-1], state, start):
            spells[-1] = replace(spells[-1], ended_at=end)
        else:
            spells.append(_next_spell(spells[-1] if spells else None, state, start, end))
    if history.is_incomplete:
        spells = [replace(spell, is_solve=False) for spell in spells]
    return [_timed(spell, as_of) for spell in spells]


def all_spells(history: History, as_of: datetime) -> list[Spell]:
    """The spells of a history with the closed one that a merge begins (none if it was deleted then).

    Args:
        history: States of one ticket.
        as_of: Instant to which running seconds count (naive UTC).

    Returns:
        The spells in order; the last one of a merged ticket is closed, open-ended and no solve.
    """
    spells = lived_spells(history, as_of)
    last = history.timeline[-1][1] if history.timeline else history.initial
    if history.merged_at is None or last.is_deleted:
        return spells
    closed = replace(last, status="closed")
    if spells and _holds_on(spells[-1], closed, history.merged_at):
        return [*spells[:-1], replace(spells[-1], ended_at=None, seconds=None)]
    merged = _next_spell(spells[-1] if spells else None, closed, history.merged_at, None)
    return [*spells, replace(merged, is_solve=False)]
