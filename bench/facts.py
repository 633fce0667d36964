"""The facts of tickets against one bare hand-written pass over the same raw records."""

import json
import resource
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from rich.console import Console
from rich.table import Table

from bench.extracts import AS_OF, simulated_extracts
from bench.measure import seconds
from orchestration.landing.land import land
from orchestration.publishing.folders import prepare_warehouse
from orchestration.publishing.pseudonym_key import pseudonym_secret, write_pseudonym_secret
from orchestration.publishing.run_settings import write_run_settings
from orchestration.settings import Settings
from orchestration.warehouse import Warehouse
from tests.engines.dbt import run_dbt

_FACTS = ("+fct_tickets", "+fct_ticket_spells", "+fct_messages", "+fct_reply_waits", "+fct_backlog_daily")

# What dbt's process needs beside DuckDB's own memory leaves it under 4 GiB.
_MEMORY_LIMIT = "3GiB"
_BARE_PASS = Path(__file__).with_name("bare_pass.sql")


def bench_facts(counts: tuple[int, ...]) -> None:
    """Build the facts of so many tickets, and print seconds, the bare pass's seconds, their ratio and memory.

    Args:
        counts: How many tickets, once each.
    """
    table = Table(
        "tickets", "facts", "of it models", "bare pass", "ratio", "models, µs a ticket", "peak memory"
    )
    for count in counts:
        with TemporaryDirectory(prefix="helpdesk-facts-") as name:
            warehouse = Warehouse(Path(name))
            _land(simulated_extracts(count), warehouse)
            facts = seconds(lambda folder=Path(name): _build(folder))
            # dbt is the only child that grew so far.
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
            models = _model_seconds(Path(name))
            bare = seconds(lambda warehouse=warehouse: _bare_pass(warehouse))
        table.add_row(
            f"{count:,}",
            f"{facts:.1f} s",
            f"{models:.1f} s",
            f"{bare:.2f} s",
            f"{models / bare:.0f}",
            f"{models / count * 1e6:.0f}",
            f"{memory:.1f} GiB",
        )
    console = Console(width=120)
    console.print(f"\nThe facts of tickets in {_MEMORY_LIMIT}, beside a bare pass for the same numbers")
    console.print(table)


def _land(extracts: Path, warehouse: Warehouse) -> None:
    prepare_warehouse(warehouse)
    with duckdb.connect(str(warehouse.build_file)) as connection:
        land(connection, extracts, Settings(), loaded_at=datetime.now(UTC), report=lambda line: None)
        write_run_settings(connection, "bench", AS_OF, Settings())
        write_pseudonym_secret(connection, pseudonym_secret(warehouse))


def _build(folder: Path) -> None:
    environment = {"HELPDESK_WAREHOUSE": str(folder), "HELPDESK_MEMORY_LIMIT": _MEMORY_LIMIT}
    for command in (["seed"], ["run", "--full-refresh", "--select", *_FACTS]):
        done = run_dbt(*command, target="duckdb", folder=folder, environment=environment)
        if done.returncode != 0:
            raise RuntimeError(done.stdout[-4000:])


def _model_seconds(folder: Path) -> float:
    """From the first model's start to the last one's end: without dbt's own start."""
    results = json.loads((folder / "target_duckdb" / "run_results.json").read_text())["results"]
    instants = [
        datetime.fromisoformat(step[end].replace("Z", "+00:00"))
        for result in results
        for step in result["timing"]
        if step["name"] == "execute"
        for end in ("started_at", "completed_at")
    ]
    return (max(instants) - min(instants)).total_seconds()


def _bare_pass(warehouse: Warehouse) -> None:
    with duckdb.connect(str(warehouse.build_file), read_only=True) as connection:
        connection.execute(_BARE_PASS.read_text(encoding="utf-8"))
