"""How landing compares with DuckDB's bare reader on the same records."""

import json
import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
from rich.console import Console

from bench.measure import seconds, show
from orchestration.landing.land import land
from orchestration.settings import Settings


def write_tickets(path: Path, records: int) -> None:
    """Write ticket records in the open format.

    Args:
        path: The JSONL file to write.
        records: How many.
    """
    chance = random.Random(7)
    start = datetime(2025, 1, 1, tzinfo=UTC)
    with path.open("w", encoding="utf-8") as file:
        for number in range(records):
            created = start + timedelta(seconds=number * 31)
            record = {
                "ticket_id": 10**15 + number,
                "created_at": created.isoformat(),
                "updated_at": (created + timedelta(seconds=chance.randrange(10**6))).isoformat(),
                "status": chance.choice(("new", "open", "pending", "hold", "solved", "closed")),
                "priority": chance.choice(("low", "normal", "high", "urgent")),
                "channel": chance.choice(("email", "chat", "phone", "web")),
                "subject": f"Question {number} about order {chance.randrange(10**8)}",
                "requester_id": str(chance.randrange(10**6)),
                "assignee_id": str(chance.randrange(200)),
                "group_id": str(chance.randrange(12)),
                "tags": ["vip", f"topic_{chance.randrange(30)}"],
                "is_spam": False,
                "settled_amount": chance.randrange(10**4) / 100,
                "settled_currency": "EUR",
            }
            file.write(json.dumps(record) + "\n")


def bench_landing(records: int) -> None:
    """Time the bare reader and landing on the same records, and print seconds and their ratio.

    Args:
        records: Number of ticket records.
    """
    with tempfile.TemporaryDirectory(prefix="helpdesk-bench-") as folder:
        path = Path(folder) / "extracts" / "generic" / "tickets" / "tickets.jsonl"
        path.parent.mkdir(parents=True)
        write_tickets(path, records)
        size = path.stat().st_size / 1e6
        with duckdb.connect(Path(folder) / "bare.duckdb") as connection:
            create = "create table tickets as select * from read_json(?)"
            bare = seconds(lambda: connection.execute(create, [str(path)]))
        with duckdb.connect(Path(folder) / "landed.duckdb") as connection:
            landed = seconds(lambda: _land(connection, path.parents[2]))
    show(
        f"Landing {records:,} tickets, {size:,.0f} MB of JSONL", ("bare read_json", bare), [("land", landed)]
    )


def _land(connection: duckdb.DuckDBPyConnection, extracts: Path) -> None:
    loaded_at = datetime(2026, 1, 1, tzinfo=UTC)
    land(connection, extracts, Settings(), loaded_at=loaded_at, report=Console(stderr=True).print)
