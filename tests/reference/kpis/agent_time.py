"""What agents did when: the timeline of each, every instant in one state, and which of it was paid.

Where the catalogue leaves room (decision 15), this reference reads it so:

* An instant told in several channels belongs to the busiest state; a state without an end lasts to the
  next one of that channel, at most to as_of. Paid instants are those of any paid shift, from the first
  state of all on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from tests.reference.kpis.raw import Desk
from tests.reference.records import flag, instant, text

BUSIEST_FIRST = ("handling", "after_call", "available", "meeting", "training", "break", "offline")
HANDLING, AT_WORK = BUSIEST_FIRST[:2], BUSIEST_FIRST[:3]
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Piece:
    """A stretch of one agent's day in which nothing changes; ``state`` is None when none is told."""

    agent_id: str
    start: datetime
    state: str | None
    is_paid: bool
    seconds: int

    @property
    def day(self) -> date:
        """The reporting day it lies in."""
        return self.start.date()


def _state_spans(desk: Desk) -> dict[str, list[tuple[datetime, datetime, str]]]:
    channels: dict[tuple[str, str | None], list] = {}
    for record in desk.stream("agent_states"):
        channels.setdefault((record["agent_id"], text(record.get("channel"))), []).append(record)
    spans: dict[str, list[tuple[datetime, datetime, str]]] = {}
    for (agent_id, _), records in channels.items():
        ordered = sorted(records, key=lambda record: instant(record["started_at"]))
        starts = [instant(record["started_at"]) for record in ordered]
        for record, start, following in zip(ordered, starts, [*starts[1:], desk.as_of], strict=True):
            told = instant(record["ended_at"]) if record.get("ended_at") else following
            end = min(told, desk.as_of)
            if start < end:
                spans.setdefault(agent_id, []).append((start, end, record["state"]))
    return spans


def paid_shifts(desk: Desk) -> dict[str, list[Span]]:
    """The paid shifts of each agent as far as they have passed, by agent id.

    Args:
        desk: The desk to read.
    """
    spans: dict[str, list[Span]] = {}
    for shift in desk.stream("shifts"):
        start, end = instant(shift["starts_at"]), min(instant(shift["ends_at"]), desk.as_of)
        if flag(shift.get("is_paid")) is not False and start < end:
            spans.setdefault(shift["agent_id"], []).append((start, end))
    return spans


def busiest_spans(desk: Desk) -> list[tuple[datetime, datetime, str]]:
    """Every stretch of any agent in one state, the busiest of those told at once.

    Args:
        desk: The desk to read.
    """
    return [
        (piece.start, piece.start + timedelta(seconds=piece.seconds), piece.state)
        for piece in all_pieces(desk)
        if piece.state
    ]


def _midnights(start: datetime, end: datetime) -> set[datetime]:
    days = range((end.date() - start.date()).days + 1)
    return {datetime.combine(start.date() + timedelta(days=number), time()) for number in days}


def _pieces(
    agent_id: str, states: Sequence[tuple[datetime, datetime, str]], paid: Sequence[Span]
) -> list[Piece]:
    cuts = {at for start, end, *_ in (*states, *paid) for at in (start, end)}
    ordered = sorted(cuts | {at for at in _midnights(min(cuts), max(cuts)) if min(cuts) < at < max(cuts)})
    pieces = []
    for start, end in pairwise(ordered):
        told = [state for begun, ended, state in states if begun <= start < ended]
        is_paid = any(begun <= start < ended for begun, ended in paid)
        if told or is_paid:
            state = min(told, key=BUSIEST_FIRST.index) if told else None
            seconds = int((end - start).total_seconds())
            pieces.append(Piece(agent_id, start, state, is_paid, seconds))
    return pieces


@lru_cache(maxsize=4)
def all_pieces(desk: Desk) -> Sequence[Piece]:
    """The day of every agent in pieces, paid time only from the first state of all on.

    Args:
        desk: The desk to read.
    """
    states, shifts = _state_spans(desk), paid_shifts(desk)
    first = min((start for spans in states.values() for start, *_ in spans), default=desk.as_of)
    pieces = []
    for agent_id in sorted(states.keys() | shifts.keys()):
        paid = [(max(start, first), end) for start, end in shifts.get(agent_id, []) if end > first]
        if states.get(agent_id) or paid:
            pieces += _pieces(agent_id, states.get(agent_id, []), paid)
    return pieces
