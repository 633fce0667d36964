import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from orchestration.simulate.simulate import simulate
from tests.python.simulate.zendesk_extract import ZendeskExtract


@dataclass(frozen=True)
class Extract:
    root: Path
    _parsed: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def streams(self) -> list[str]:
        return sorted(folder.name for folder in self.root.iterdir())

    def records(self, stream: str) -> list[dict[str, Any]]:
        """All records of a stream; shared between tests, which must not change them."""
        if stream not in self._parsed:
            self._parsed[stream] = list(self._records(stream))
        return self._parsed[stream]

    def latest_tickets(self) -> dict[str, dict[str, Any]]:
        by_update = sorted(self.records("tickets"), key=lambda record: record["updated_at"])
        return {record["ticket_id"]: record for record in by_update}

    def events_by_ticket(self) -> dict[str, list[dict[str, Any]]]:
        distinct = {record["event_id"]: record for record in self.records("ticket_events")}
        found: dict[str, list[dict[str, Any]]] = {}
        for event_id in sorted(distinct):
            found.setdefault(distinct[event_id]["ticket_id"], []).append(distinct[event_id])
        return found

    def of_file(self, path: Path) -> Iterator[dict[str, Any]]:
        if path.suffix == ".gz":
            for line in gzip.decompress(path.read_bytes()).decode().splitlines():
                yield json.loads(line)
        else:
            with path.open(encoding="utf-8", newline="") as file:
                yield from ({k: v or None for k, v in row.items()} for row in csv.DictReader(file))

    def _records(self, stream: str) -> Iterator[dict[str, Any]]:
        for path in sorted((self.root / stream).iterdir()):
            yield from self.of_file(path)


@pytest.fixture(scope="session")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Extract:
    out = tmp_path_factory.mktemp("simulated")
    simulate(out, tickets=2_000, days=365, seed=7, ends_on=date(2017, 2, 18), report=lambda line: None)
    return Extract(out / "generic")


@pytest.fixture(scope="session")
def zendesk(tmp_path_factory: pytest.TempPathFactory) -> ZendeskExtract:
    out = tmp_path_factory.mktemp("simulated-zendesk")
    simulate(
        out,
        tickets=2_000,
        days=365,
        seed=7,
        systems=["zendesk"],
        ends_on=date(2017, 2, 18),
        report=lambda line: None,
    )
    return ZendeskExtract(out / "zendesk")
