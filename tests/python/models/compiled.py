"""The dbt models as compiled SQL, run in memory: thousands of made-up helpdesks can go through them."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from orchestration.kpi_settings import Reporting
from orchestration.landing.streams import Stream
from orchestration.publishing.pseudonym_key import write_pseudonym_secret
from orchestration.publishing.run_settings import write_run_settings
from orchestration.settings import Settings
from orchestration.warehouse import PROJECT_ROOT
from tests.reference.pseudonyms import SECRET


def compile_project(folder: Path) -> None:
    """Compile models and tests of the project; dbt's manifest in the folder has their SQL."""
    (folder / "private").mkdir()
    dbt = Path(sys.executable).with_name("dbt")
    subprocess.run(
        [
            dbt,
            "--quiet",
            "compile",
            "--profiles-dir",
            ".",
            "--target-path",
            str(folder),
            "--log-path",
            str(folder),
        ],
        cwd=PROJECT_ROOT,
        env=os.environ | {"HELPDESK_WAREHOUSE": str(folder)},
        check=True,
    )


def ordered_models(manifest: dict[str, Any], *names: str) -> list[tuple[str, str]]:
    """(Relation, SQL) of each model and seed of a compiled project, in the order they build on each other.

    Args:
        manifest: dbt's manifest.
        names: The models that are read; only what they are built on comes with them. Without any: all.
    """
    wanted = {
        key: node for key, node in manifest["nodes"].items() if node["resource_type"] in ("model", "seed")
    }
    ordered: dict[str, tuple[str, str]] = {}

    def visit(key: str) -> None:
        if key in wanted and key not in ordered:
            for parent in wanted[key]["depends_on"].get("nodes", []):
                visit(parent)
            ordered[key] = (wanted[key]["relation_name"], _statement(wanted[key]))

    chosen = [key for key in wanted if not names or wanted[key]["name"] in names]
    assert len(chosen) >= len(names), f"not all of {names} are models"
    for key in chosen:
        visit(key)
    return list(ordered.values())


def _statement(node: dict[str, Any]) -> str:
    if node["resource_type"] == "seed":
        path = (PROJECT_ROOT / node["original_file_path"]).as_posix()
        return f"select * from read_csv('{path}', header = true)"
    return str(node["compiled_code"])


class ModelRun:
    """An in-memory warehouse in which the compiled models run on given raw records."""

    def __init__(self, models: list[tuple[str, str]], streams: dict[str, dict[str, Stream]]) -> None:
        self.models = models
        self.connection = duckdb.connect()
        self.connection.execute("set TimeZone = 'UTC'")
        for database in ("build", "publication"):
            self.connection.execute(f"attach ':memory:' as {database}")
        self.connection.execute("use build")
        for schema in {relation.rpartition(".")[0] for relation, _ in models} | {"meta"}:
            self.connection.execute(f"create schema if not exists {schema}")
        self.streams = {stream.table: stream for system in streams.values() for stream in system.values()}
        for table, stream in self.streams.items():
            self.connection.execute(f"create schema if not exists raw_{stream.system}")
            columns = ", ".join(f'"{column.name}" varchar' for column in stream.columns)
            self.connection.execute(
                f"create table {table} (_load_id varchar, _file varchar, _line bigint,"
                f" _account varchar, _loaded_at timestamp, {columns})"
            )
        self.connection.execute(
            "create table meta.accounts (source_system varchar, source_account varchar,"
            " time_zone varchar, default_schedule_id varchar)"
        )
        self.connection.execute(
            "create table meta.streams (source_system varchar, source_account varchar,"
            " stream varchar, record_count bigint)"
        )
        self.connection.execute("create table meta.pseudonym_key (secret varchar)")

    def load(self, table: str, records: list[dict[str, Any]], account: str = "main") -> None:
        """Replace the records of one raw table of one account; values become text, as landing keeps them."""
        names = [column.name for column in self.streams[table].columns]
        shape = json.dumps([dict.fromkeys(names, "VARCHAR")])
        rows = [{name: _text(record.get(name)) for name in names} for record in records]
        columns = ", ".join(f'"{name}"' for name in names)
        self.connection.execute(f"delete from {table} where _account = ?", [account])
        self.connection.execute(
            f"insert into {table}"
            f" select 'load', 'file', row_number() over (), ?, timestamp '2026-01-01', {columns}"
            f" from (select unnest(from_json(?, ?), recursive := true))",
            [account, json.dumps(rows), shape],
        )

    def forget_records(self) -> None:
        """Empty every raw table, of every account."""
        for table in self.streams:
            self.connection.execute(f"delete from {table}")

    def build(
        self,
        *,
        as_of: str,
        time_zone: str = "UTC",
        accounts: tuple[tuple[str, str, str], ...] = (),
        default_schedule_id: str | None = None,
        secret: str = SECRET,
    ) -> None:
        """Build every model as of an instant (UTC, ISO text), with one default schedule for every account."""
        now = datetime.fromisoformat(as_of).replace(tzinfo=UTC)
        write_run_settings(self.connection, "test", now, Settings(reporting=Reporting(time_zone=time_zone)))
        write_pseudonym_secret(self.connection, secret)
        self.connection.execute("delete from meta.accounts")
        for system, account, zone in accounts or (("generic", "main", "UTC"), ("servicenow", "main", "UTC")):
            self.connection.execute(
                "insert into meta.accounts values (?, ?, ?, ?)", [system, account, zone, default_schedule_id]
            )
        for relation, statement in self.models:
            self.connection.execute(f"create or replace table {relation} as {statement}")

    def rows(self, query: str, parameters: list[Any] | None = None) -> list[dict[str, Any]]:
        """The rows of a query, as dictionaries."""
        result = self.connection.execute(query, parameters or [])
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value)
