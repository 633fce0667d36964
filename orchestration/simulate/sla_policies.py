"""The invented company's service levels: what it promises, and since when."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


class SlaTarget(NamedTuple):
    """One target of one version of a policy, in the order of the stream's columns; None is any, or always."""

    policy_id: str
    name: str
    position: int
    metric: str
    priority: str | None
    group_id: str | None
    target_seconds: int
    clock: str
    valid_from: date | None
    valid_to: date | None


_FIRST_REPLIES = {"urgent": _HOUR, "high": 4 * _HOUR, "normal": 12 * _HOUR, "low": _DAY}
_RESOLUTIONS = {"urgent": 8 * _HOUR, "high": _DAY, "normal": 3 * _DAY, "low": 7 * _DAY}
_UPDATES = {"urgent": 2 * _HOUR, "high": 8 * _HOUR}


def company_sla_targets(first: date, last: date) -> list[SlaTarget]:
    """The targets of every policy.

    Args:
        first: First day of the simulation.
        last: Last day; half-way between, the company promises first replies in half the time.
    """
    return [*_incidents(), *_standard(first + (last - first) / 2)]


def _incidents() -> Iterator[SlaTarget]:
    """The team that never sleeps promises by the calendar, whatever the priority."""
    policy = ("sla-incident", "Incident response", 1)
    seconds = {"first_reply": 15 * _MINUTE, "requester_wait": 8 * _HOUR, "total_resolution": _DAY}
    for metric, target in seconds.items():
        yield SlaTarget(*policy, metric, None, "group-incident", target, "calendar", None, None)


def _standard(change: date) -> Iterator[SlaTarget]:
    policy = ("sla-standard", "Standard service", 2)
    for priority, target in _FIRST_REPLIES.items():
        before = change - timedelta(days=1)
        yield SlaTarget(*policy, "first_reply", priority, None, target, "business", None, before)
        yield SlaTarget(*policy, "first_reply", priority, None, target // 2, "business", change, None)
    yield SlaTarget(*policy, "next_reply", None, None, 8 * _HOUR, "business", None, None)
    for priority, target in _UPDATES.items():
        yield SlaTarget(*policy, "periodic_update", priority, None, 2 * target, "calendar", None, None)
        yield SlaTarget(*policy, "pausable_update", priority, None, target, "business", None, None)
    for priority, target in _RESOLUTIONS.items():
        yield SlaTarget(*policy, "agent_work", priority, None, target // 2, "business", None, None)
        yield SlaTarget(*policy, "total_resolution", priority, None, target, "calendar", None, None)
