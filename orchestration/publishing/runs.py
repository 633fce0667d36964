"""The history of refreshes: meta.runs in the build file."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import duckdb

from orchestration.publishing.database import has_table, open_database
from orchestration.publishing.failing_rows import forget_failing_rows
from orchestration.publishing.record import naive_utc
from orchestration.warehouse import Warehouse

RunEnd = Literal["published", "nothing new", "refused", "failed"]


@dataclass(frozen=True)
class Run:
    """One refresh; instants are naive UTC, ``status`` is a ``RunEnd`` or ``running``."""

    run_id: str
    started_at: datetime
    finished_at: datetime | None
    status: str
    message: str | None


def start_run(warehouse: Warehouse, run_id: str, *, started_at: datetime) -> None:
    """Note that a refresh has begun; one that was killed before is noted as failed.

    Args:
        warehouse: The warehouse, held by this refresh.
        run_id: Id of the refresh.
        started_at: When it began; UTC.
    """
    with open_database(warehouse.build_file, read_only=False) as connection:
        _create_table(connection)
        forget_failing_rows(connection)
        connection.execute("""
            update meta.runs set status = 'failed', message = 'interrupted: its process was ended'
            where status = 'running'
        """)
        connection.execute(
            "insert or replace into meta.runs values (?, ?, null, 'running', null)",
            [run_id, naive_utc(started_at)],
        )


def finish_run(
    warehouse: Warehouse, run_id: str, *, status: RunEnd, message: str | None, finished_at: datetime
) -> None:
    """Note how a refresh ended.

    Args:
        warehouse: The warehouse, held by this refresh.
        run_id: Id of the refresh.
        status: How it ended.
        message: What a person should know of it.
        finished_at: When it ended; UTC.
    """
    with open_database(warehouse.build_file, read_only=False) as connection:
        connection.execute(
            "update meta.runs set status = ?, message = ?, finished_at = ? where run_id = ?",
            [status, message, naive_utc(finished_at), run_id],
        )


def note_interruption(warehouse: Warehouse, run_id: str, *, interrupted_at: datetime) -> None:
    """Note that somebody interrupted a refresh; one that had already published stays published.

    Args:
        warehouse: The warehouse.
        run_id: Id of the refresh; nothing is noted of one that had not begun.
        interrupted_at: When it was interrupted; UTC.
    """
    if not warehouse.build_file.exists():
        return
    with open_database(warehouse.build_file, read_only=True) as connection:
        run = last_run(connection)
    if run is not None and run.run_id == run_id and run.status in ("running", "failed"):
        finish_run(warehouse, run_id, status="failed", message="interrupted", finished_at=interrupted_at)


def last_run(connection: duckdb.DuckDBPyConnection) -> Run | None:
    """The newest run in an open build file, or None.

    Args:
        connection: The build file.
    """
    return _newest_run(connection)


def find_run(connection: duckdb.DuckDBPyConnection, run_id: str) -> Run | None:
    """One run in an open build file, or None.

    Args:
        connection: The build file.
        run_id: Id of the run.
    """
    return _newest_run(connection, run_id=run_id)


def last_failure(connection: duckdb.DuckDBPyConnection) -> Run | None:
    """The newest run in an open build file that was refused or failed, or None.

    Args:
        connection: The build file.
    """
    return _newest_run(connection, is_failed=True)


def first_run_at(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    """When the first run began, in UTC; None when there was none.

    Args:
        connection: The build file.
    """
    if not has_table(connection, "meta", "runs"):
        return None
    row = connection.execute("select min(started_at) from meta.runs").fetchone()
    return row[0].replace(tzinfo=UTC) if row and row[0] else None


def _newest_run(
    connection: duckdb.DuckDBPyConnection, *, run_id: str | None = None, is_failed: bool = False
) -> Run | None:
    if not has_table(connection, "meta", "runs"):
        return None
    row = connection.execute(
        """
        select run_id, started_at, finished_at, status, message
        from meta.runs
        where run_id = coalesce(?, run_id) and (not ? or status in ('refused', 'failed'))
        order by started_at desc, run_id desc
        limit 1
        """,
        [run_id, is_failed],
    ).fetchone()
    return Run(*row) if row else None


def _create_table(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema if not exists meta")
    connection.execute("""
        create table if not exists meta.runs (
            run_id varchar primary key, started_at timestamp, finished_at timestamp,
            status varchar, message varchar
        )
    """)
