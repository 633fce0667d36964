"""What lies beside the records and may quote them: logs, results of checks, the history of runs."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from orchestration.forgetting.history import clean_history, is_history, refuse_history_in_use
from orchestration.forgetting.traces import Traces
from orchestration.landing.statements import compose, identifier, table_name
from orchestration.publishing.database import has_table
from orchestration.publishing.failing_rows import forget_failing_rows
from orchestration.warehouse import Warehouse

_MESSAGES = {"meta.loads": "message", "meta.runs": "message", "meta.checks": "observed"}
_MADE_ANEW = ("check_results", "data_docs", "lake")


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
        WarehouseHeldError: Another process has Dagster's history open; nothing was changed.
    """
    # First: what Dagster's daemon writes afterwards could hold the person again.
    histories = [path for path in _other_files(warehouse) if is_history(path)]
    refuse_history_in_use(histories)
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
    for path in histories:
        clean_history(path, traces)
    for path in _other_files(warehouse):
        if path not in histories:
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
