"""The independent reference of SLA instances: what ``fct_sla_instances`` must say of derived ones.

A target is set when a span begins, by the policies, priority and team of then, and stays. It is breached
when its last whole second has passed while the clock runs: what comes within that second comes in time, and
a clock that is stopped in it has missed nothing until it runs again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tests.reference.history import read_history
from tests.reference.records import Record
from tests.reference.schedules import OpeningHours, ticket_schedules
from tests.reference.sla_clock import SlaClock, whole_second
from tests.reference.sla_policies import Target, target_set
from tests.reference.sla_spans import Span, sla_spans
from tests.reference.spells import Spell, all_spells


@dataclass(frozen=True)
class Instance:
    """One SLA instance; ``assignee_id`` and ``group_id`` are who is charged."""

    metric: str
    instance_number: int
    policy_id: str
    target_seconds: int
    clock: str
    applied_at: datetime
    due_at: datetime | None
    fulfilled_at: datetime | None
    breached_at: datetime | None
    state: str
    used_seconds: int
    priority: str | None
    assignee_id: str | None
    group_id: str | None


def _holding(spells: Sequence[Spell], at: datetime) -> Spell | None:
    return next((s for s in spells if s.started_at <= at and (s.ended_at is None or at < s.ended_at)), None)


def _instance(
    span: Span, target: Target, clock: SlaClock, priority: str | None, spells: Sequence[Spell]
) -> Instance:
    remaining, breached_at, due_at = target.seconds, None, None
    for run in span.runs:
        due_at = clock.due(run, remaining)
        if breached_at is None and due_at is not None:
            is_late = due_at <= clock.as_of if run[1] is None else due_at < whole_second(run[1])
            breached_at = due_at if is_late else None
        remaining -= clock.used(run)
    is_running_at_end = bool(span.runs) and span.runs[-1][1] == span.ended_at
    fulfilled_at = span.ended_at if span.ending == "met" else None
    charged = [s for s in spells if s.started_at <= (breached_at or fulfilled_at or clock.as_of)][-1]
    return Instance(
        metric=span.metric,
        instance_number=span.number,
        policy_id=target.policy_id,
        target_seconds=target.seconds,
        clock=target.clock,
        applied_at=span.applied_at,
        due_at=breached_at or (due_at if is_running_at_end else None),
        fulfilled_at=fulfilled_at,
        breached_at=breached_at,
        state="breached" if breached_at else span.ending or "active",
        used_seconds=target.seconds - remaining,
        priority=priority,
        assignee_id=charged.assignee_id,
        group_id=charged.group_id,
    )


def sla_instances(
    ticket: Record,
    events: Sequence[Record],
    messages: Sequence[Record],
    targets: Sequence[Target],
    hours: OpeningHours,
    as_of: datetime,
) -> list[Instance]:
    """The SLA instances of one ticket.

    Args:
        ticket: Record of the stream ``tickets``.
        events: Its ``ticket_events`` in the order they landed.
        messages: Its ``messages`` in the order they landed.
        targets: All targets of the account.
        hours: The account's schedules.
        as_of: The run's one "now" (naive UTC).
    """
    history = read_history(ticket, events, as_of)
    if history is None:
        return []
    spells, schedules = all_spells(history, as_of), ticket_schedules(ticket, events, history, hours)
    found = []
    for span in sla_spans(ticket, events, messages, hours, as_of):
        held = _holding(spells, span.applied_at)
        is_merged = history.merged_at is not None and span.applied_at >= history.merged_at
        if held is None or is_merged:
            continue
        target = target_set(targets, span.metric, held.priority, held.group_id, span.applied_at)
        if target is not None:
            clock = SlaClock(target.clock, schedules, as_of)
            found.append(_instance(span, target, clock, held.priority, spells))
    return found
