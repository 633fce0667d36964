"""What models know of a run, as Parquet beside the landings."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import duckdb

from orchestration.errors import HelpdeskError
from orchestration.lake.lake import Lake
from orchestration.lake.landings import table_file
from orchestration.lake.tables import emptied, write_parquet
from orchestration.landing.statements import compose, table_name

_RUNS = "runs"
_TABLES = ("meta.run", "meta.accounts")


def ship_run(connection: duckdb.DuckDBPyConnection, lake: Lake, run_id: str, *, scratch: Path) -> str:
    """Write ``meta.run`` and ``meta.accounts`` for one run, and remove those of other runs.

    Args:
        connection: The build file, in which the run has written both.
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
        lake.write(folder, _run_files(connection, scratch), mark=False)
    for other in lake.folders(_RUNS):
        if other != run_id:
            lake.remove(f"{_RUNS}/{other}")
    return f"{lake.uri}/{folder}"


def _run_files(connection: duckdb.DuckDBPyConnection, scratch: Path) -> Iterator[tuple[str, Path]]:
    for table in _TABLES:
        file = scratch / "records.parquet"
        write_parquet(connection, compose("from {table}", table=table_name(table)), [], file)
        yield table_file(table), file


def _checked(run_id: str) -> str:
    """The id if it is a UUID, which no path is: it names a folder."""
    try:
        if str(uuid.UUID(run_id)) == run_id:
            return run_id
    except ValueError:
        pass
    raise HelpdeskError(f"run {run_id!r}: not a UUID such as Dagster gives its runs")
