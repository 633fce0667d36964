"""The spans of a ticket's life that an SLA target can be for, and when the clock runs in them.

Where the rules leave room, this reference reads them so:

* Replies of one instant are one update. An update that comes with the solve starts no new wait for one.
* A deletion ends a wait and the time between updates for good; the way to the solve goes on when restored.
* Nothing starts in a merged ticket, nor while a ticket is deleted.
* A ticket finished nobody knows when has only the waits that were replied to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from tests.reference.history import History, read_history
from tests.reference.lifecycle import ticket_facts
from tests.reference.records import SOLVED, UNSOLVED, Record
from tests.reference.replies import read_messages
from tests.reference.schedules import OpeningHours
from tests.reference.spells import Spell, all_spells, lived_spells
from tests.reference.waits import reply_waits

Run = tuple[datetime, datetime | None]

RUNS_IN = {
    "pausable_update": ("new", "open", "hold"),
    "agent_work": ("new", "open"),
    "requester_wait": ("new", "open", "hold"),
}
ENDING_OF_WAIT = {"replied": "met", "solved_unreplied": "cancelled", "dropped": "cancelled", "waiting": None}


@dataclass(frozen=True)
class Span:
    """One span; ``ending`` is met or cancelled, None while it runs; ``runs`` are in order."""

    metric: str
    number: int
    applied_at: datetime
    ended_at: datetime | None
    ending: str | None
    runs: Sequence[Run]


def _runs(metric: str, spells: Sequence[Spell], start: datetime, end: datetime | None) -> list[Run]:
    if metric not in RUNS_IN:
        return [(start, end)]
    found: list[Run] = []
    for spell in spells:
        first = max(spell.started_at, start)
        last = min((at for at in (spell.ended_at, end) if at is not None), default=None)
        if spell.status in RUNS_IN[metric] and (last is None or first < last):
            found.append((first, last))
    return found


def _updates(
    replied: Sequence[datetime], lived: Sequence[Spell], history: History
) -> Iterator[tuple[datetime, datetime | None, str | None]]:
    solves = [spell.started_at for spell in lived if spell.is_solve]
    gone = [
        spell.ended_at
        for spell, following in zip(lived, [*lived[1:], None], strict=False)
        if spell.ended_at is not None and (following is None or following.started_at > spell.ended_at)
    ]
    endings = [(at, "met") for at in (*replied, *solves)] + [(at, "cancelled") for at in gone]
    if history.merged_at is not None:
        endings.append((history.merged_at, "cancelled"))
    for start in replied:
        holding = [s for s in lived if s.started_at <= start and (s.ended_at is None or start < s.ended_at)]
        if holding and holding[0].status in UNSOLVED:
            # Of one instant a fulfilment comes first.
            later = sorted((at, ending != "met", ending) for at, ending in endings if at > start)
            end, _, ending = later[0] if later else (None, False, None)
            yield start, end, ending


def sla_spans(
    ticket: Record,
    events: Sequence[Record],
    messages: Sequence[Record],
    hours: OpeningHours,
    as_of: datetime,
) -> list[Span]:
    """All spans of one ticket, whether or not a target is set on them.

    Args:
        ticket: Record of the stream ``tickets``.
        events: Its ``ticket_events`` in the order they landed.
        messages: Its ``messages`` in the order they landed.
        hours: The account's schedules.
        as_of: The run's one "now" (naive UTC).
    """
    history, facts = read_history(ticket, events, as_of), ticket_facts(ticket, events, as_of)
    if history is None or facts is None:
        return []
    is_unknown = history.is_incomplete and history.initial.status in SOLVED
    lived, told = lived_spells(history, as_of), read_messages(ticket, messages, history, as_of)
    found: dict[str, list[tuple[datetime, datetime | None, str | None]]] = {}
    for number, wait in enumerate(reply_waits(ticket, events, messages, hours, as_of)):
        is_first = number == 0 and ticket.get("origin") != "proactive_outbound"
        rows = found.setdefault("first_reply" if is_first else "next_reply", [])
        rows.append((wait.asked_at, wait.ended_at, ENDING_OF_WAIT[wait.state]))
    replies = [message for message in told if message.not_counting_reason is None]
    replied = sorted({max(reply.sent_at, history.created_at) for reply in replies})
    for metric in ("periodic_update", "pausable_update"):
        found[metric] = list(_updates(replied, lived, history))
    is_gone = facts.is_deleted or history.merged_at is not None
    ending = "met" if facts.solved_at else "cancelled" if is_gone else None
    ended_at = facts.solved_at or (lived[-1].ended_at if lived and is_gone else None)
    if lived:
        for metric in ("agent_work", "requester_wait", "total_resolution"):
            found[metric] = [(history.created_at, ended_at, ending)]
    spells = all_spells(history, as_of)
    return [
        Span(metric, number, start, end, ending, _runs(metric, spells, start, end))
        for metric, rows in found.items()
        for number, (start, end, ending) in enumerate(rows, 1)
        if not is_unknown or (metric in ("first_reply", "next_reply") and ending == "met")
    ]
