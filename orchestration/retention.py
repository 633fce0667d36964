"""How long runs stay in the history: Dagster's with their events and logs, and meta of the build file."""

import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

import duckdb
from dagster import DagsterInstance

from orchestration.dagster_home import DATABASES
from orchestration.event_log import RUN_ID, OpenSqliteEventLogStorage
from orchestration.publishing.database import has_table

_PATIENCE_SECONDS = 5.0


def forget_old_runs(instance: DagsterInstance, *, keep: int, never: Collection[str]) -> int:
    """Delete the oldest runs of Dagster's history, with their events, results of checks and logs.

    Args:
        instance: Dagster's instance.
        keep: How many runs stay, the newest.
        never: Ids of runs that stay however old they are: the present one, those of kept publications.

    Returns:
        How many were deleted.
    """
    # Asked before the runs: a run is in the history before it has a file.
    shards = _shards(instance)
    runs = [record.dagster_run for record in instance.get_run_records()]
    old = [run.run_id for run in runs[keep:] if run.run_id not in never]
    known = {run.run_id for run in runs}
    # Somebody killed between deleting a run and deleting its events leaves these.
    lost = sorted((shards | _log_folders(instance)) - known - set(never))
    for run_id in (*old, *lost):
        instance.delete_run(run_id)
        instance.compute_log_manager.delete_logs(prefix=[run_id])
    return len(old)


def shrink_history(home: Path) -> list[str]:
    """Give back the room of what was deleted, where that is more than half of a file of Dagster's.

    Args:
        home: DAGSTER_HOME.

    Returns:
        One line for each file that is busy or damaged, and stays as it is until the next time.
    """
    notes = []
    for name in DATABASES:
        file = home / name
        if not file.exists():
            continue
        try:
            with closing(
                sqlite3.connect(file, timeout=_PATIENCE_SECONDS, isolation_level=None)
            ) as connection:
                (free,) = connection.execute("pragma freelist_count").fetchone()
                (pages,) = connection.execute("pragma page_count").fetchone()
                if 2 * free > pages:
                    connection.execute("vacuum")
                connection.execute("pragma wal_checkpoint(truncate)")
        except sqlite3.Error as error:
            notes.append(f"{file}: not made smaller: {error}")
    return notes


def forget_old_meta(connection: duckdb.DuckDBPyConnection, *, keep: int) -> None:
    """Forget old runs in meta.runs and what their checks said in meta.checks; the first run stays.

    Args:
        connection: The build file, open for writing, of a run that has begun.
        keep: How many runs stay, the newest.
    """
    # The first tells since when there has been anything, if nothing was ever published.
    connection.execute(
        """
        delete from meta.runs
        where started_at > (select min(started_at) from meta.runs)
            and run_id not in (select run_id from meta.runs order by started_at desc, run_id desc limit ?)
        """,
        [keep],
    )
    if has_table(connection, "meta", "checks"):
        connection.execute("delete from meta.checks where run_id not in (select run_id from meta.runs)")


def _shards(instance: DagsterInstance) -> set[str]:
    storage = instance.event_log_storage
    return storage.get_run_shards() if isinstance(storage, OpenSqliteEventLogStorage) else set()


def _log_folders(instance: DagsterInstance) -> set[str]:
    storage = Path(instance.storage_directory())
    return (
        {path.name for path in storage.iterdir() if RUN_ID.fullmatch(path.name)}
        if storage.is_dir()
        else set()
    )
