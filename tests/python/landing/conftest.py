"""A folder of extracts, a warehouse in memory, and what landed in it."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.landing.land import LandingResult, land
from orchestration.settings import Account, Landing, Settings

LOADED_AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)


@dataclass
class Landed:
    """A helpdesk whose files can be written, landed and looked at."""

    extracts: Path
    connection: duckdb.DuckDBPyConnection
    progress: list[str] = field(default_factory=list)

    def write(self, name: str, content: bytes | str) -> Path:
        path = self.extracts / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = content.encode() if isinstance(content, str) else content
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    def land(self, limit: float = 0.01, **accounts: Account) -> LandingResult:
        settings = Settings(landing=Landing(max_bad_record_rate=limit), accounts=accounts)
        report = self.progress.append
        return land(self.connection, self.extracts, settings, loaded_at=LOADED_AT, report=report)

    def rows(self, query: str) -> list[tuple[object, ...]]:
        return self.connection.execute(query).fetchall()

    def tickets(self, columns: str = "_line, ticket_id") -> list[tuple[object, ...]]:
        return self.rows(f"select {columns} from raw_generic.tickets order by _file, _line")

    def quarantine(self, columns: str = "line, reason") -> list[tuple[object, ...]]:
        return self.rows(f"select {columns} from meta.quarantine order by file, line")

    def loads(self, columns: str = "file, status, rows_landed, rows_quarantined") -> list[tuple[object, ...]]:
        return self.rows(f"select {columns} from meta.loads order by file, loaded_at")


@pytest.fixture
def helpdesk(tmp_path: Path) -> Iterator[Landed]:
    extracts = tmp_path / "extracts"
    extracts.mkdir()
    with duckdb.connect() as connection:
        yield Landed(extracts, connection)


def ticket(number: int, **values: object) -> dict[str, object]:
    return {"ticket_id": str(number), "created_at": "2026-01-05T09:00:00Z", **values}


def json_lines(*records: dict[str, object]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def csv_lines(count: int, start: int = 1) -> str:
    return "".join(f"{n},2026-01-05T09:00:00Z,subject {n}\n" for n in range(start, start + count))


HEADER = "ticket_id,created_at,subject\n"
