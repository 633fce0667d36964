"""Made-up SLA policies: several for one metric, of one position, with versions, ends and repeats."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

Row = dict[str, Any]

METRICS = (
    *("first_reply", "next_reply", "periodic_update", "pausable_update"),
    *("agent_work", "requester_wait", "total_resolution"),
)
MINUTE, HOUR, DAY = 60, 3600, 86400
TARGETS = (1, 59, MINUTE, HOUR, HOUR + 59, 2 * HOUR, 8 * HOUR, DAY, 3 * DAY, 30 * DAY)


def _bound(start: datetime, random: Random) -> str | None:
    """A date or an instant of the time in which tickets live, or nothing."""
    at = start + timedelta(hours=random.randint(0, 260))
    return random.choice((None, None, f"{at:%Y-%m-%d}", f"{at.isoformat()}Z"))


def random_policies(start: datetime, random: Random) -> list[Row]:
    """Make up the policies of one account.

    Args:
        start: About when its first ticket is created (naive UTC).
        random: Where every choice comes from; the same state gives the same policies.

    Returns:
        Records of the stream ``sla_policies`` in the order they land.
    """
    rows: list[Row] = []
    for metric in METRICS:
        for number in range(random.choice((0, 1, 2, 3, 5))):
            row = {
                "policy_id": random.choice(("P1", "P2", f"P-{number}")),
                "position": random.choice((None, 1, 1, 2)),
                "metric": metric,
                "priority": random.choice((None, None, "low", "high")),
                "group_id": random.choice((None, None, "G1")),
                "target_seconds": random.choice(TARGETS),
                "clock": random.choice(("calendar", "business")),
                "valid_from": _bound(start, random),
                "valid_to": _bound(start, random),
            }
            rows.append(row)
            if not random.randrange(3):
                rows.append({**row, "target_seconds": random.choice(TARGETS)})
            if not random.randrange(3):
                edited_at = start + timedelta(hours=random.randint(0, 260))
                edited = {"valid_from": f"{edited_at.isoformat()}Z", "target_seconds": random.choice(TARGETS)}
                rows.append({**row, **edited})
    return rows
