"""How long a customer waited for a reply, once per turn.

Where the contract leaves room, this reference reads it so:

* What happens first ends a wait; a reply after a solve without one finds no wait and ends none.
* At one instant a customer's message comes before a reply, that before a solve, a deletion, a merge.
* What was sent before the ticket's creation is taken at its creation.
* A customer's message starts a wait in a solved or deleted ticket too, but none from the merge on.
* A solve that is not known (missing history) ends no wait.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from tests.reference.history import History, read_history
from tests.reference.records import Record, instant, seconds_between
from tests.reference.replies import read_messages
from tests.reference.schedules import OpeningHours, ticket_schedules
from tests.reference.spells import lived_spells

# In the order that counts at one instant, with the state in which each leaves a wait.
ENDINGS = {"reply": "replied", "solve": "solved_unreplied", "deletion": "dropped", "merge": "dropped"}
STEPS = ("ask", *ENDINGS)


@dataclass(frozen=True)
class Wait:
    """One wait of the customer for a reply; ``ended_at`` is None while it runs."""

    asked_at: datetime
    ended_at: datetime | None
    state: str
    seconds: int
    business_seconds: int


def _deletions(history: History) -> Iterator[datetime]:
    if history.timeline and history.timeline[0][1].is_deleted:
        yield history.created_at
    for (_, before), (at, after) in pairwise(history.timeline):
        if after.is_deleted and not before.is_deleted:
            yield at


def _steps(
    ticket: Record, messages: Sequence[Record], history: History, as_of: datetime
) -> list[tuple[datetime, int]]:
    """All that starts or ends a wait, as (instant, number in STEPS), in order."""
    steps: list[tuple[datetime, str]] = []
    if ticket.get("origin") != "proactive_outbound":
        steps.append((history.created_at, "ask"))
    for message in read_messages(ticket, messages, history, as_of):
        sent_at = max(message.sent_at, history.created_at)
        if message.awaits_reply:
            steps.append((sent_at, "ask"))
        if message.not_counting_reason is None:
            steps.append((sent_at, "reply"))
    steps += [(spell.started_at, "solve") for spell in lived_spells(history, as_of) if spell.is_solve]
    steps += [(at, "deletion") for at in _deletions(history)]
    if history.merged_at is not None:
        steps.append((history.merged_at, "merge"))
    return sorted((at, STEPS.index(step)) for at, step in steps)


def reply_waits(
    ticket: Record,
    events: Sequence[Record],
    messages: Sequence[Record] | None,
    hours: OpeningHours,
    as_of: datetime,
) -> list[Wait]:
    """The waits of one ticket's customer, in order.

    Args:
        ticket: Record of the stream ``tickets``.
        events: Its ``ticket_events`` in the order they landed.
        messages: Its ``messages`` in the order they landed; None when the helpdesk has no such stream.
        hours: The account's schedules.
        as_of: The run's one "now"; without an offset it is UTC.
    """
    history, now = read_history(ticket, events, as_of), instant(as_of)
    if history is None or messages is None:
        return []
    found: list[tuple[datetime, datetime | None, str]] = []
    asked_at: datetime | None = None
    for at, number in _steps(ticket, messages, history, now):
        if STEPS[number] == "ask":
            asked_at = at if asked_at is None else asked_at
        elif asked_at is not None:
            found.append((asked_at, at, ENDINGS[STEPS[number]]))
            asked_at = None
    if asked_at is not None:
        found.append((asked_at, None, "waiting"))
    schedules = ticket_schedules(ticket, events, history, hours)
    return [
        Wait(asked_at, ended_at, state, seconds_between(*span), schedules.cumulative(*span))
        for asked_at, ended_at, state in found
        for span in [(asked_at, ended_at or now)]
    ]
