"""What models know of a run, and which landings it builds on, as Parquet beside the landings."""

import uuid
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import duckdb
import pyarrow
from pyarrow import parquet

from orchestration.errors import HelpdeskError
from orchestration.lake.lake import Lake
from orchestration.lake.landings import known_landings, table_file
from orchestration.lake.tables import emptied, whole_tables

_RUNS = "runs"
_TABLES = ("meta.run", "meta.pseudonym_key", "meta.accounts", "meta.streams")


def ship_run(connection: duckdb.DuckDBPyConnection, lake: Lake, run_id: str, *, scratch: Path) -> str:
    """Write what models know of one run, and the list of landings; remove those of other runs.

    Args:
        connection: The build file, in which the run has written them.
        lake: The lake.
        run_id: Id of the run, a UUID.
        scratch: A private folder of nobody else for temporary files; it is gone afterwards.

    Returns:
        URI of the run's folder, as Spark writes it.

    Raises:
        HelpdeskError: The id is no UUID, or the lake cannot be written.
    """
    folder = f"{_RUNS}/{_checked(run_id)}"
    with emptied(scratch):
        files = chain(
            whole_tables(connection, _TABLES, scratch), _list_of_landings(connection, lake, scratch)
        )
        lake.write(folder, files, mark=False)
    for other in lake.folders(_RUNS):
        if other != run_id:
            lake.remove(f"{_RUNS}/{other}")
    return f"{lake.uri}/{folder}"


def _list_of_landings(
    connection: duckdb.DuckDBPyConnection, lake: Lake, scratch: Path
) -> Iterator[tuple[str, Path]]:
    """Which landing holds records of which raw table; a list too long for a command line."""
    held = [
        (table, landing.name) for landing in known_landings(connection, lake) for table in landing.streams
    ]
    columns = {"raw_table": [table for table, _ in held], "landing": [name for _, name in held]}
    file = scratch / "records.parquet"
    schema = pyarrow.schema([(name, pyarrow.string()) for name in columns])
    parquet.write_table(pyarrow.table(columns, schema=schema), file)
    yield table_file("meta.landings"), file


def _checked(run_id: str) -> str:
    """The id if it is a UUID, which no path is: it names a folder."""
    try:
        if str(uuid.UUID(run_id)) == run_id:
            return run_id
    except ValueError:
        pass
    raise HelpdeskError(f"run {run_id!r}: not a UUID such as Dagster gives its runs")
