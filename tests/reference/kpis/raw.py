"""Reads a folder of extracts in the open format: each record as it last was.

Where the contract leaves room, this reference reads it so:

* Files are read in the order of their paths, lines in theirs; of two records of one key the later one counts,
  unless the records say themselves when they were written (``updated_at``): then the newest one does.
* A blank value is a missing one. Instants without an offset are UTC.
* What happened after as_of has not happened yet.
"""

import csv
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.reference.business_hours import read_schedules
from tests.reference.records import Record, instant, text
from tests.reference.schedules import OpeningHours

# What tells one record of a stream from another; a stream that is not here keeps all its different records.
KEYS: Mapping[str, tuple[str, ...]] = {
    "tickets": ("ticket_id",),
    "ticket_events": ("event_id",),
    "messages": ("message_id",),
    "agents": ("agent_id", "valid_from"),
    "groups": ("group_id",),
    "customers": ("customer_id",),
    "organizations": ("organization_id",),
    "subscriptions": ("customer_id", "started_at"),
    "sla_policies": ("policy_id", "metric", "priority", "group_id", "valid_from"),
    "calls": ("call_id",),
    "call_legs": ("leg_id",),
    "quality_reviews": ("review_id", "category"),
    "agent_states": ("agent_id", "channel", "started_at"),
    "shifts": ("shift_id",),
    "time_entries": ("entry_id",),
    "orders": ("order_id",),
    "engagement_events": ("event_id",),
    "knowledge_events": ("event_id",),
    "articles": ("article_id",),
    "bot_conversations": ("conversation_id",),
    "suggestions": ("suggestion_id",),
    "costs": ("month", "category", "nature", "currency", "team"),
    "exchange_rates": ("date", "currency"),
}

# When what a record tells happened; records without it are no events.
HAPPENED_AT: Mapping[str, str] = {
    "tickets": "created_at",
    "ticket_events": "occurred_at",
    "messages": "sent_at",
    "calls": "started_at",
    "call_legs": "started_at",
    "quality_reviews": "reviewed_at",
    "agent_states": "started_at",
    "time_entries": "started_at",
    "orders": "ordered_at",
    "engagement_events": "occurred_at",
    "journey_events": "occurred_at",
    "knowledge_events": "occurred_at",
    "bot_conversations": "started_at",
    "suggestions": "created_at",
}


def number(value: object) -> float | None:
    """Read a number given as one or as text."""
    written = text(value)
    return None if written is None else float(written)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    name = path.name.removesuffix(".gz")
    opened = gzip.open if path.name.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8", newline="") as lines:
        if name.endswith(".csv"):
            yield from csv.DictReader(lines)
        else:
            yield from (json.loads(line) for line in lines if line.strip())


def _without_blanks(record: dict[str, Any]) -> dict[str, Any]:
    return {name: None if value == "" else value for name, value in record.items()}


def _is_written_before(record: Record, other: Record) -> bool:
    written = [version.get("updated_at") for version in (record, other)]
    return all(written) and instant(written[0]) < instant(written[1])


def _versions(stream: str, records: Sequence[dict[str, Any]]) -> list[Record]:
    """One record a key, in the order in which the keys were first read."""
    names = KEYS.get(stream)
    found: dict[object, dict[str, Any]] = {}
    for record in records:
        key = tuple(text(record.get(name)) for name in names) if names else json.dumps(record, sort_keys=True)
        if key not in found or not _is_written_before(record, found[key]):
            found[key] = record
    return list(found.values())


@dataclass(frozen=True)
class Desk:
    """One account of the open format, its default settings, and the instant to look at it (naive UTC)."""

    extracts: Path
    as_of: datetime
    _read: dict[str, list[Record]] = field(default_factory=dict, repr=False, compare=False)

    def stream(self, name: str) -> list[Record]:
        """Its records as they last were, without those of events after as_of; none when it is not there."""
        if name not in self._read:
            happened_at = HAPPENED_AT.get(name, "")
            self._read[name] = [
                record
                for record in _versions(name, self.landed(name))
                if not record.get(happened_at) or instant(record[happened_at]) <= self.as_of
            ]
        return self._read[name]

    def landed(self, name: str) -> list[Record]:
        """All its records as they were delivered, in their order: earlier versions of one too."""
        files = sorted(path for path in (self.extracts / "generic" / name).rglob("*") if path.is_file())
        return [_without_blanks(record) for path in files for record in _lines(path)]

    def by_ticket(self, name: str) -> dict[str, list[Record]]:
        """Records of a stream by their ticket; those without one are left out."""
        found: dict[str, list[Record]] = {}
        for record in self.stream(name):
            if record.get("ticket_id") is not None:
                found.setdefault(record["ticket_id"], []).append(record)
        return found

    def opening_hours(self) -> OpeningHours:
        """The account's schedules; nothing is configured, so a ticket without one is always open."""
        return OpeningHours(read_schedules(self.stream("schedules"), self.stream("holidays")), None)
