"""DuckDB files opened with errors a person can act on."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.errors import HelpdeskError, WarehouseHeldError

_WRITER_PATIENCE_SECONDS = 5.0
_PAUSE_SECONDS = 0.1


@contextmanager
def open_database(path: Path, *, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open one DuckDB file, and close it again.

    A writer waits some seconds for a reader that is just having a look (``helpdesk status``).

    Args:
        path: The file; a writer creates it when there is none.
        read_only: Whether to open it for reading only.

    Raises:
        WarehouseHeldError: Another process has the file open.
        HelpdeskError: The file is missing, or is not a DuckDB file this version reads.
    """
    deadline = time.monotonic() + (0 if read_only else _WRITER_PATIENCE_SECONDS)
    while True:
        try:
            connection = duckdb.connect(str(path), read_only=read_only)
            break
        except duckdb.Error as error:
            reason = explain(path, error)
            if not isinstance(reason, WarehouseHeldError) or time.monotonic() >= deadline:
                raise reason from error
            time.sleep(_PAUSE_SECONDS)
    with connection:
        yield connection


def explain(path: Path, error: duckdb.Error) -> HelpdeskError:
    """Say in one line why a database file could not be opened.

    Args:
        path: The file.
        error: What DuckDB said.

    Returns:
        The error to raise.
    """
    if "Could not set lock" in str(error):
        return WarehouseHeldError(f"{path}: another process has this file open; end it and try again")
    if "not a valid DuckDB database file" in str(error):
        return HelpdeskError(
            f"{path}: cannot be opened: it is no valid DuckDB file; put a backup back, or move it away"
        )
    first_line = str(error).splitlines()[0]
    return HelpdeskError(f"{path}: cannot be opened: {first_line}")


def has_table(
    connection: duckdb.DuckDBPyConnection, schema: str, table: str, *, catalog: str | None = None
) -> bool:
    """Whether a database holds a table or view.

    Args:
        connection: A connection.
        schema: The table's schema.
        table: The table's name.
        catalog: Name of an attached database; None for the opened one.
    """
    found = connection.execute(
        "select 1 from information_schema.tables"
        " where table_catalog = coalesce(?, current_database()) and table_schema = ? and table_name = ?",
        [catalog, schema, table],
    ).fetchone()
    return found is not None
