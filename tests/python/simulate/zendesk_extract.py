"""Reads a simulated Zendesk export the way a loader would: every line, broken ones apart."""

import gzip
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

Record = dict[str, Any]


@dataclass
class ZendeskExtract:
    root: Path
    _parsed: dict[str, list[Record]] = field(default_factory=dict)
    _broken: dict[str, int] = field(default_factory=dict)

    @property
    def streams(self) -> list[str]:
        return sorted(folder.name for folder in self.root.iterdir())

    def lines(self, stream: str) -> list[str]:
        files = sorted((self.root / stream).iterdir())
        return [line for path in files for line in gzip.decompress(path.read_bytes()).decode().splitlines()]

    def records(self, stream: str) -> list[Record]:
        """What can be read and has an id, as often as it comes; tests must not change it."""
        if stream not in self._parsed:
            lines = self.lines(stream)
            self._parsed[stream] = [record for line in lines if (record := _read(line)) is not None]
            self._broken[stream] = len(lines) - len(self._parsed[stream])
        return self._parsed[stream]

    def broken(self, stream: str) -> int:
        self.records(stream)
        return self._broken[stream]

    def distinct(self, stream: str) -> list[Record]:
        """Each different record once, by id."""
        found = {json.dumps(record, sort_keys=True): record for record in self.records(stream)}
        return sorted(found.values(), key=lambda record: record["id"])

    @cached_property
    def tickets(self) -> dict[int, Record]:
        """Tickets as they stand at last."""
        ordered = sorted(self.records("tickets"), key=lambda record: record["generated_timestamp"])
        return {record["id"]: record for record in ordered}

    @cached_property
    def audits(self) -> dict[int, list[Record]]:
        """Audits by ticket in order."""
        found: dict[int, list[Record]] = {}
        for audit in self.distinct("ticket_audits"):
            found.setdefault(audit["ticket_id"], []).append(audit)
        return found

    @cached_property
    def metric_events(self) -> dict[tuple[int, str], list[Record]]:
        """Metric events by ticket and metric, in order."""
        found: dict[tuple[int, str], list[Record]] = {}
        for event in self.distinct("ticket_metric_events"):
            found.setdefault((event["ticket_id"], event["metric"]), []).append(event)
        return found

    @cached_property
    def whole_tickets(self) -> dict[int, Record]:
        """Tickets whose audits tell everything: not archived, no deletion left out."""
        return {
            number: ticket
            for number, ticket in self.tickets.items()
            if number in self.audits and self.audits[number][-1]["created_at"] == ticket["updated_at"]
        }

    def role_at(self, user_id: int, instant: str) -> str | None:
        """A user's role at an instant; the first known one before that; None for nobody."""
        versions = self._versions.get(user_id, [])
        known = [version for version in versions if version["updated_at"] <= instant]
        return (known or versions[:1] or [{"role": None}])[-1]["role"]

    @cached_property
    def _versions(self) -> dict[int, list[Record]]:
        found: dict[int, list[Record]] = {}
        for user in sorted(self.records("users"), key=lambda record: record["updated_at"]):
            found.setdefault(user["id"], []).append(user)
        return found


def _read(line: str) -> Record | None:
    try:
        record = json.loads(line)
    except json.JSONDecodeError:
        return None
    return record if isinstance(record, dict) and "id" in record else None


def changes(audits: list[Record], name: str) -> list[tuple[str, Any]]:
    """When a field got which value, creation included."""
    return [
        (audit["created_at"], event["value"])
        for audit in audits
        for event in audit["events"]
        if event.get("field_name") == name
    ]


def comments(audits: list[Record]) -> list[tuple[Record, Record]]:
    """Comment events with their audits."""
    return [
        (audit, event)
        for audit in audits
        for event in audit["events"]
        if event["type"] in ("Comment", "VoiceComment")
    ]
