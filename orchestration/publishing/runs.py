"""The history of refreshes: meta.runs in the build file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import duckdb

from orchestration.publishing.database import has_table, open_database
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
    if not has_table(connection, "meta", "runs"):
        return None
    row = connection.execute("""
        select run_id, started_at, finished_at, status, message
        from meta.runs order by started_at desc, run_id desc limit 1
    """).fetchone()
    return Run(*row) if row else None


def _create_table(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema if not exists meta")
    connection.execute("""
        create table if not exists meta.runs (
            run_id varchar primary key, started_at timestamp, finished_at timestamp,
            status varchar, message varchar
        )
    """)
