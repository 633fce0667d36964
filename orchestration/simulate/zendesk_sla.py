"""The account's SLA policies, in two versions, and the target that a ticket gets."""

from collections.abc import Mapping
from dataclasses import dataclass

from orchestration.simulate.company import DAY
from orchestration.simulate.files import timestamp

Record = dict[str, object]
_PRIORITIES = ("urgent", "high", "normal", "low")
# Minutes by priority, as above.
_STANDARD = {
    "first_reply_time": (60, 120, 240, 480),
    "next_reply_time": (60, 180, 360, 480),
    "requester_wait_time": (480, 960, 1_440, 2_400),
    "agent_work_time": (240, 480, 960, 1_440),
    "total_resolution_time": (480, 1_440, 2_400, 4_800),
}
_IMPORTANT = {
    "first_reply_time": (15, 30, 60, 120),
    "next_reply_time": (30, 60, 120, 240),
    "total_resolution_time": (240, 720, 1_440, 2_880),
}
_METRIC_OF_EVENT = {"resolution_time": "total_resolution_time"}


@dataclass(frozen=True)
class Target:
    """What a policy asks of a metric."""

    minutes: int
    is_business: bool
    policy: "Policy"

    def record(self) -> Record:
        """As metric events carry it."""
        policy = {"id": self.policy.policy_id, "title": self.policy.title, "description": None}
        return {
            "target": self.minutes,
            "target_in_seconds": self.minutes * 60,
            "business_hours": self.is_business,
            "policy": policy,
        }


class Policy:
    """One version of a policy, in force from ``updated_at`` (seconds since 1970 UTC)."""

    def __init__(self, number: int, title: str, tag: str | None, created_at: int, updated_at: int) -> None:
        self.policy_id = 360_001_110_696 + 20 * number
        self.title = title
        self.tag = tag
        self.position = number
        self.created_at = created_at
        self.updated_at = updated_at
        self.targets: dict[tuple[str, str], Target] = {}

    def promise(self, metrics: Mapping[str, tuple[int, ...]], tenths: int, *, is_business: bool) -> "Policy":
        """Set targets, in minutes by priority; ``tenths`` tells how much of them is asked."""
        for metric, minutes in metrics.items():
            for priority, target in zip(_PRIORITIES, minutes, strict=True):
                self.targets[metric, priority] = Target(target * tenths // 10, is_business, self)
        return self

    def record(self) -> Record:
        """As the API writes it."""
        conditions = (
            [{"field": "current_tags", "operator": "includes", "value": self.tag}] if self.tag else []
        )
        return {
            "id": self.policy_id,
            "title": self.title,
            "description": None,
            "position": self.position,
            "filter": {"all": conditions, "any": []},
            "policy_metrics": [
                {
                    "priority": priority,
                    "metric": metric,
                    "target": target.minutes,
                    "business_hours": target.is_business,
                    "target_in_seconds": target.minutes * 60,
                }
                for (metric, priority), target in self.targets.items()
            ],
            "created_at": timestamp(self.created_at),
            "updated_at": timestamp(self.updated_at),
        }


def policies(starts_at: int, edited_at: int) -> list[Policy]:
    """Every version of every policy, earlier versions first.

    Args:
        starts_at: When the simulation begins, in seconds since 1970 UTC.
        edited_at: When the standard policy is tightened.
    """
    made = starts_at - 400 * DAY
    important = Policy(1, "Important customers", "important", made, made)
    standard = Policy(2, "Standard", None, made, made)
    tightened = Policy(2, "Standard", None, made, edited_at)
    return [
        important.promise(_IMPORTANT, 10, is_business=False),
        standard.promise(_STANDARD, 10, is_business=True),
        tightened.promise(_STANDARD, 8, is_business=True),
    ]


def target_of(
    known: list[Policy], metric: str, instance: int, tags: object, priority: object, at: int
) -> Target | None:
    """The target a ticket gets: of the first policy that fits it, as that policy is at the instant.

    Args:
        known: Every version of every policy.
        metric: Metric of the events: reply_time, requester_wait_time …
        instance: Which reply: the first has targets of its own.
        tags: The ticket's tags.
        priority: Its priority now; without one there is no target.
        at: The instant, in seconds since 1970 UTC.
    """
    name = _METRIC_OF_EVENT.get(metric, metric)
    if metric == "reply_time":
        name = "first_reply_time" if instance == 1 else "next_reply_time"
    versions = {
        policy.position: policy
        for policy in known
        if policy.updated_at <= at and (policy.tag is None or (isinstance(tags, list) and policy.tag in tags))
    }
    return versions[min(versions)].targets.get((name, str(priority))) if versions else None
