"""Every duration of a ticket in business seconds, in the three modes of the contract.

``…_business_seconds`` counts each stretch under the schedule in force then, ``…_at_event`` all of it under
the schedule in force when the measured time ends, ``…_at_creation`` under the ticket's first schedule. The
time in statuses ends where the counted life does: at the last solve, else at deletion, merge or as_of.
"""

from collections.abc import Sequence
from datetime import datetime

from tests.reference.durations import Durations, durations
from tests.reference.history import read_history
from tests.reference.lifecycle import ticket_facts, ticket_spells
from tests.reference.records import Record
from tests.reference.records import instant as utc
from tests.reference.schedules import OpeningHours, ticket_schedules
from tests.reference.spells import lived_spells

STATUS_TIMES = [name.removesuffix("_seconds") for name in Durations.__dataclass_fields__]


def business_times(
    ticket: Record,
    events: Sequence[Record],
    first_replied_at: datetime | None,
    hours: OpeningHours,
    as_of: datetime,
) -> dict[str, int | None] | None:
    """Compute every business duration of one ticket, by the name of its column.

    Args:
        ticket: Record of the stream ``tickets``.
        events: Its ``ticket_events`` in the order they landed.
        first_replied_at: When it was first replied to, if it was.
        hours: The account's schedules.
        as_of: The run's one "now"; without an offset it is UTC.

    Returns:
        The durations, or None when the ticket does not exist yet at as_of.
    """
    history, facts, now = read_history(ticket, events, as_of), ticket_facts(ticket, events, as_of), utc(as_of)
    if history is None or facts is None:
        return None
    lived = lived_spells(history, now)
    schedules = ticket_schedules(ticket, events, history, hours)
    life_end = facts.solved_at or (lived[-1].ended_at or now if lived else history.created_at)
    times: dict[str, int | None] = {}
    for mode, measure in schedules.measures(life_end).items():
        measured = durations(history, lived, facts.solved_at, now, measure)
        times |= {f"{name}_{mode}": getattr(measured, f"{name}_seconds") for name in STATUS_TIMES}
    for name, ended_at in (("first_resolution", facts.first_solved_at), ("first_response", first_replied_at)):
        for mode, measure in schedules.measures(ended_at or now).items():
            times[f"{name}_{mode}"] = measure(history.created_at, ended_at) if ended_at else None
    return times


def spell_business_seconds(
    ticket: Record, events: Sequence[Record], hours: OpeningHours, as_of: datetime
) -> list[int | None]:
    """Business seconds of each of a ticket's spells, cumulative; None where the calendar seconds are None.

    Args:
        ticket: Record of the stream ``tickets``.
        events: Its ``ticket_events`` in the order they landed.
        hours: The account's schedules.
        as_of: The run's one "now"; without an offset it is UTC.
    """
    history, now = read_history(ticket, events, as_of), utc(as_of)
    if history is None:
        return []
    schedules = ticket_schedules(ticket, events, history, hours)
    return [
        None if spell.seconds is None else schedules.cumulative(spell.started_at, spell.ended_at or now)
        for spell in ticket_spells(ticket, events, as_of)
    ]
