"""Tables written by DuckDB as Parquet files, on their way into the lake."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.errors import HelpdeskError
from orchestration.lake.landings import Landing, table_file
from orchestration.landing.columns import OWN_COLUMNS
from orchestration.landing.statements import Fragment, compose, identifier, identifiers, joined, table_name

_LOADS = "from meta.loads where loaded_at = ? and status in ('landed', 'duplicate')"
_META_OF_LANDING = {
    "meta.loads": f"{_LOADS} order by file, load_id",
    "meta.quarantine": f"from meta.quarantine where load_id in (select load_id {_LOADS})"
    " order by load_id, line",
}


@contextmanager
def emptied(scratch: Path) -> Iterator[Path]:
    """Have a folder for temporary files, without what a process that was killed left in it.

    Args:
        scratch: A folder of nobody else; it is gone afterwards.
    """
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700, parents=True)
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def landing_files(
    connection: duckdb.DuckDBPyConnection, landing: Landing, scratch: Path
) -> Iterator[tuple[str, Path]]:
    """Write the tables of a landing, one after the other; each file is gone when the next is asked for.

    Args:
        connection: The build file.
        landing: The landing.
        scratch: A folder for temporary files.

    Yields:
        The path in the landing's folder, and the file.

    Raises:
        HelpdeskError: There is no room for a file.
    """
    for table in landing.tables:
        query = Fragment(_META_OF_LANDING.get(table) or _records_of_landing(connection, landing, table))
        file = scratch / "records.parquet"
        write_parquet(connection, query, [landing.loaded_at], file)
        yield table_file(table), file
        file.unlink()


def whole_tables(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[str], scratch: Path
) -> Iterator[tuple[str, Path]]:
    """Write tables as they are, one after the other into the same file.

    Args:
        connection: The database.
        tables: Their names with their schemas.
        scratch: A folder for temporary files.

    Yields:
        The table's path in a folder of the lake, and the file.

    Raises:
        HelpdeskError: There is no room for a file.
    """
    for table in tables:
        file = scratch / "records.parquet"
        write_parquet(connection, compose("from {table}", table=table_name(table)), [], file)
        yield table_file(table), file


def write_parquet(
    connection: duckdb.DuckDBPyConnection, query: Fragment, parameters: list[object], file: Path
) -> None:
    """Write what a query finds as one Parquet file.

    Args:
        connection: The database.
        query: The query.
        parameters: Its parameters.
        file: Where to; replaced.

    Raises:
        HelpdeskError: There is no room for the file.
    """
    try:
        connection.execute(
            compose("copy ({query}) to ? (format parquet, compression zstd)", query=query),
            [*parameters, str(file)],
        )
    except duckdb.IOException as error:
        raise HelpdeskError(f"{file}: cannot be written: {str(error).splitlines()[0]}") from error


def _records_of_landing(connection: duckdb.DuckDBPyConnection, landing: Landing, table: str) -> Fragment:
    """The records of one landing, without columns that none of them fills."""
    source = table_name(table)
    described = connection.execute(compose("describe {table}", table=source)).fetchall()
    names = [row[0] for row in described]
    counts = joined([compose("count({column})", column=identifier(name)) for name in names])
    filled = connection.execute(
        compose("select {counts} from {table} where _loaded_at = ?", counts=counts, table=source),
        [landing.loaded_at],
    ).fetchone()
    kept = [
        name for name, count in zip(names, filled or (), strict=True) if count or name.lower() in OWN_COLUMNS
    ]
    return compose(
        "select {columns} from {table} where _loaded_at = ? order by _load_id, _line",
        columns=identifiers(kept),
        table=source,
    )
