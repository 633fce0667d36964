"""What lies beside the records and may quote them: logs, results of checks, the history of runs."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import duckdb

from orchestration.errors import WarehouseHeldError
from orchestration.forgetting.traces import Traces
from orchestration.landing.statements import compose, identifier, table_name
from orchestration.publishing.database import has_table
from orchestration.publishing.failing_rows import forget_failing_rows
from orchestration.warehouse import Warehouse

_MESSAGES = {"meta.loads": "message", "meta.runs": "message", "meta.checks": "observed"}
_MADE_ANEW = ("check_results", "data_docs", "lake")
_SQLITE = b"SQLite format 3\x00"
_PATIENCE_SECONDS = 10
_SqliteValue: TypeAlias = str | bytes | int | float | None


def clean_messages(connection: duckdb.DuckDBPyConnection, traces: Traces) -> None:
    """Take the person out of what earlier runs said, and forget the rows that broke checks.

    Args:
        connection: The build file, in a transaction.
        traces: What would tell them.
    """
    forget_failing_rows(connection)
    for name, column in _MESSAGES.items():
        if not has_table(connection, *name.split(".")):
            continue
        parts = {"table": table_name(name), "column": identifier(column)}
        texts = connection.execute(
            compose("select distinct {column} from {table} where {column} is not null", **parts)
        ).fetchall()
        for (text,) in texts:
            cleaned = traces.without(text)
            if cleaned != text:
                connection.execute(
                    compose("update {table} set {column} = ? where {column} = ?", **parts), [cleaned, text]
                )


def clean_private_files(warehouse: Warehouse, traces: Traces) -> None:
    """Take the person out of every private file but the build file; what a refresh makes anew is removed.

    Args:
        warehouse: The warehouse, held by this process.
        traces: What would tell them.

    Raises:
        WarehouseHeldError: Dagster is writing its history.
    """
    for name in _MADE_ANEW:
        shutil.rmtree(warehouse.private_dir / name, ignore_errors=True)
    shutil.rmtree(warehouse.build_file.with_name(f"{warehouse.build_file.name}.tmp"), ignore_errors=True)
    for suffix in ("", ".wal"):
        warehouse.publication_file.with_name(warehouse.publication_file.name + suffix).unlink(missing_ok=True)
    # dbt's own memory of the project holds no records; its log and its queries may.
    for path in (warehouse.private_dir / "dbt").glob("*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.suffix != ".msgpack":
            path.unlink()
    for path in _other_files(warehouse):
        with path.open("rb") as file:
            is_sqlite = file.read(len(_SQLITE)) == _SQLITE
        if is_sqlite:
            _clean_sqlite(path, traces)
        else:
            _clean_text(path, traces)


def _other_files(warehouse: Warehouse) -> Iterator[Path]:
    home = Path(os.environ.get("DAGSTER_HOME") or warehouse.dagster_home)
    folders = {warehouse.private_dir.resolve(), home.resolve()}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            ours = path.name.startswith((warehouse.build_file.name, warehouse.lock_file.name))
            if path.is_file() and not ours and not path.name.endswith((".msgpack", "-wal", "-shm")):
                yield path


def _clean_text(path: Path, traces: Traces) -> None:
    text = path.read_text(encoding="utf-8", errors="surrogateescape")
    cleaned = traces.without(text)
    if cleaned != text:
        unfinished = path.with_name(f"{path.name}.forgetting")
        unfinished.write_text(cleaned, encoding="utf-8", errors="surrogateescape")
        unfinished.replace(path)


def _clean_sqlite(path: Path, traces: Traces) -> None:
    try:
        with closing(sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None)) as connection:
            connection.create_function("without_person", 1, _without(traces), deterministic=True)
            changed = sum(_clean_column(connection, *place) for place in _columns(connection))
            # What a killed process had cleaned may lie in freed pages still.
            if changed or connection.execute("pragma freelist_count").fetchone()[0]:
                connection.execute("vacuum")
            connection.execute("pragma wal_checkpoint(truncate)")
    except sqlite3.OperationalError as error:
        raise WarehouseHeldError(
            f"{path}: another process uses Dagster's history ({error}); end helpdesk serve and try again"
        ) from error


def _without(traces: Traces) -> Callable[[_SqliteValue], _SqliteValue]:
    def without_person(value: _SqliteValue) -> _SqliteValue:
        return traces.without(value) if isinstance(value, str) else value

    return without_person


def _columns(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    return connection.execute(
        "select tables.name, columns.name"
        " from sqlite_master as tables, pragma_table_info(tables.name) as columns"
        " where tables.type = 'table' and tables.name not like 'sqlite_%'"
    ).fetchall()


def _clean_column(connection: sqlite3.Connection, table: str, column: str) -> int:
    parts = {"table": identifier(table), "column": identifier(column)}
    return connection.execute(
        compose(
            "update {table} set {column} = without_person({column})"
            " where typeof({column}) = 'text' and without_person({column}) <> {column}",
            **parts,
        )
    ).rowcount
