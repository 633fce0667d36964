"""SLA policies of the open format, and which target they set on a ticket at an instant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.reference.records import Record, instant, text


@dataclass(frozen=True)
class Target:
    """One target of one version of a policy; ``until`` is the first instant at which it no longer holds."""

    policy_id: str
    metric: str
    priority: str | None
    group_id: str | None
    seconds: int
    clock: str
    position: int | None
    since: datetime
    until: datetime

    def matches(self, metric: str, priority: str | None, group_id: str | None, at: datetime) -> bool:
        """Whether the target is for this metric of a ticket in this state at an instant."""
        return (
            self.metric == metric
            and self.priority in (None, priority)
            and self.group_id in (None, group_id)
            and self.since <= at < self.until
        )


def _ends_at(value: object) -> datetime:
    """A date is the last day; nothing is never."""
    written = text(value)
    if written is None:
        return datetime.max
    return instant(written) + timedelta(days=len(written) <= len("2024-01-01"))


def read_targets(rows: Sequence[Record]) -> list[Target]:
    """Read the policies of one account whose zone is UTC.

    Args:
        rows: Records of the stream ``sla_policies`` in the order they landed; of two with the same policy,
            metric, priority, team and start the last one counts.

    Returns:
        The targets; a version ends at the latest where the next one of the same target begins.
    """
    names = ("policy_id", "metric", "priority", "group_id")
    last: dict[tuple[str | None, ...], dict[datetime, Record]] = {}
    for row in rows:
        since = instant(text(row.get("valid_from")) or datetime.min)
        last.setdefault(tuple(text(row.get(name)) for name in names), {})[since] = row
    targets = []
    for versions in last.values():
        starts = sorted(versions)
        for since, row in versions.items():
            following = [start for start in starts if start > since]
            targets.append(
                Target(
                    policy_id=row["policy_id"],
                    metric=row["metric"],
                    priority=text(row.get("priority")),
                    group_id=text(row.get("group_id")),
                    seconds=int(row["target_seconds"]),
                    clock=row["clock"],
                    position=None if row.get("position") is None else int(row["position"]),
                    since=since,
                    until=min([_ends_at(row.get("valid_to")), *following]),
                )
            )
    return targets


def target_set(
    targets: Sequence[Target], metric: str, priority: str | None, group_id: str | None, at: datetime
) -> Target | None:
    """The one target that is set: of the lowest position, then the one told more exactly, then by id.

    Args:
        targets: All targets of the account.
        metric: What is timed.
        priority: The ticket's priority then.
        group_id: The ticket's team then.
        at: The instant.
    """
    matching = [target for target in targets if target.matches(metric, priority, group_id, at)]

    def rank(target: Target) -> tuple[bool, int, bool, bool, str]:
        is_unplaced = target.position is None
        any_one = (target.priority is None, target.group_id is None)
        return is_unplaced, target.position or 0, *any_one, target.policy_id

    return min(matching, key=rank, default=None)
