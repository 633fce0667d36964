"""The shipped incident log, read as a person reads the file: one incident's updates in order, as a ticket.

The log is an archive of another company's helpdesk: its times are UTC and day first, ``?`` is missing, and an
incident is new from its opening until the first update says otherwise.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from tests.reference.kpis.figures import Where
from tests.reference.lifecycle import TicketFacts, ticket_facts, ticket_spells
from tests.reference.records import Record
from tests.reference.spells import Spell

STATUSES = {
    "new": "new",
    "active": "open",
    "awaiting user info": "pending",
    "awaiting evidence": "pending",
    "awaiting problem": "hold",
    "awaiting vendor": "hold",
    "resolved": "solved",
    "closed": "closed",
}
CHANNELS = {"phone": "phone", "ivr": "phone", "email": "email", "self service": "self_service"}
PRIORITIES = {"1 - critical": "urgent", "2 - high": "high", "3 - moderate": "normal", "4 - low": "low"}


def _instant(written: str) -> datetime:
    return datetime.strptime(written, "%d/%m/%Y %H:%M")


@dataclass(frozen=True)
class Incident:
    """One incident: its logged updates in the order they count."""

    updates: Sequence[Mapping[str, str]]
    as_of: datetime

    @property
    def last(self) -> Mapping[str, str]:
        """Its last update."""
        return self.updates[-1]

    @property
    def opened_at(self) -> datetime:
        """When it was opened."""
        return _instant(self.last["opened_at"])

    def told(self, name: str) -> str | None:
        """What its last update tells in a column."""
        return None if self.last[name] == "?" else self.last[name]

    def told_at(self, name: str) -> datetime | None:
        """The instant its last update tells in a column."""
        written = self.told(name)
        return None if written is None else _instant(written)

    @property
    def is_resolved(self) -> bool:
        """Whether its last update says that it is done."""
        return self.last["incident_state"] in ("Resolved", "Closed")

    @property
    def last_resolved_update_at(self) -> datetime | None:
        """The instant of the last update that says Resolved."""
        told = [_instant(u["sys_updated_at"]) for u in self.updates if u["incident_state"] == "Resolved"]
        return max(told, default=None)

    def _events(self) -> Iterator[Record]:
        values = {"status": "new", "group_id": None}
        for number, update in enumerate(self.updates):
            told = {
                "status": STATUSES.get(update["incident_state"].lower()),
                "group_id": None if update["assignment_group"] == "?" else update["assignment_group"],
            }
            if number == 0:
                values["group_id"] = told["group_id"]
            for name, value in told.items():
                if name == "status" and value is None:
                    continue
                yield {
                    "event_id": f"{number:06}",
                    "occurred_at": _instant(update["sys_updated_at"]),
                    "field": name,
                    "old_value": values[name],
                    "new_value": value,
                }
                values[name] = value

    @cached_property
    def _ticket(self) -> tuple[Record, list[Record]]:
        # Two fields change in one update: each event needs an id of its own.
        events = [{**event, "event_id": f"{n:06}"} for n, event in enumerate(self._events())]
        return {"ticket_id": self.last["number"], "created_at": self.opened_at}, events

    @cached_property
    def facts(self) -> TicketFacts | None:
        """Its lifecycle as the reference reads it."""
        return ticket_facts(*self._ticket, self.as_of)

    @cached_property
    def last_solve(self) -> Spell | None:
        """The solve that stands."""
        if self.facts is None or self.facts.solved_at is None:
            return None
        return [spell for spell in ticket_spells(*self._ticket, self.as_of) if spell.is_solve][-1]

    @property
    def first_team(self) -> str | None:
        """The team that had it first."""
        group = self.updates[0]["assignment_group"]
        return None if group == "?" else group

    def where(self, team: str | None) -> Where:
        """Its slices, credited to a team."""
        return Where(
            source_system="servicenow",
            channel=CHANNELS.get((self.told("contact_type") or "").lower(), "agent"),
            team=team,
            priority=PRIORITIES.get((self.told("priority") or "").lower()),
            ticket_type=self.told("category"),
        )


def read_incidents(path: Path, as_of: datetime) -> list[Incident]:
    """Read a log.

    Args:
        path: The compressed file.
        as_of: Instant after which nothing was logged yet.
    """
    updates: dict[str, list[tuple[datetime, int, int, Mapping[str, str]]]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for line, row in enumerate(csv.DictReader(lines)):
            at = _instant(row["sys_updated_at"])
            if at <= as_of:
                updates[row["number"]].append((at, int(row["sys_mod_count"]), line, row))
    return [
        Incident([update for *_, update in sorted(rows, key=lambda row: row[:3])], as_of)
        for rows in updates.values()
    ]
