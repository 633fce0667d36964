"""Dagster's history of runs, which is in SQLite and quotes what refreshes said."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeAlias

from orchestration.errors import WarehouseHeldError
from orchestration.forgetting.traces import Traces
from orchestration.landing.statements import compose, identifier

_SQLITE = b"SQLite format 3\x00"
_PATIENCE_SECONDS = 5
_SqliteValue: TypeAlias = str | bytes | int | float | None


def is_history(path: Path) -> bool:
    """Whether a file is one of SQLite's."""
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def refuse_history_in_use(paths: Iterable[Path]) -> None:
    """Refuse while a server or daemon of Dagster runs: it keeps files of its history open, also when idle.

    Args:
        paths: The files of the history; nothing in them is changed.

    Raises:
        WarehouseHeldError: Another process has one of them open.
    """
    for path in paths:
        with _opened(path, "nothing was changed; end helpdesk serve and try again") as connection:
            # Only this mode minds who has a file with a write-ahead log open and is doing nothing.
            connection.execute("pragma locking_mode = exclusive")
            connection.execute("begin exclusive")
            connection.execute("rollback")


def clean_history(path: Path, traces: Traces) -> None:
    """Take the person out of every text of a file of the history.

    Args:
        path: The file.
        traces: What would tell them.

    Raises:
        WarehouseHeldError: Another process has begun to use it.
    """
    with _opened(path, "nobody is forgotten yet; end helpdesk serve and run this again") as connection:
        connection.create_function("without_person", 1, _without(traces), deterministic=True)
        changed = sum(_clean_column(connection, *place) for place in _columns(connection))
        # What a killed process had cleaned may lie in freed pages still.
        if changed or connection.execute("pragma freelist_count").fetchone()[0]:
            connection.execute("vacuum")
        connection.execute("pragma wal_checkpoint(truncate)")


@contextmanager
def _opened(path: Path, advice: str) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None)) as connection:
            yield connection
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
        raise WarehouseHeldError(
            f"{path}: another process uses Dagster's history ({error}): {advice}"
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
