"""One copy from beginning to end: made ready beside the last one, then swapped."""

import contextlib
from pathlib import Path

import duckdb
import psycopg
from psycopg import sql

from orchestration.errors import HelpdeskError
from orchestration.instants import instant_text
from orchestration.postgres.connecting import connected
from orchestration.postgres.copying import copy_table
from orchestration.postgres.holding import held
from orchestration.postgres.keys import declared_grains
from orchestration.postgres.location import Location, staging_schema
from orchestration.postgres.published import Table, published_tables
from orchestration.postgres.schemas import (
    COPIED_TABLES,
    clear_staging,
    make_staging,
    mark,
    standing_marks,
)
from orchestration.postgres.swap import refuse_what_would_be_lost, swap
from orchestration.progress import progress
from orchestration.publishing.database import open_database
from orchestration.publishing.record import record_in

_ROWS_WORTH_TELLING = 100_000


def publish_to(published: Path, location: Location, *, wait: float, force: bool) -> str:
    """Copy a published file; a refresh may replace it meanwhile.

    Args:
        published: The published file.
        location: Database and schemas.
        wait: Seconds to wait for readers.
        force: Whether to copy it even if it is there.

    Returns:
        What was done, in one line.

    Raises:
        UsageError: The database cannot hold it.
        WarehouseHeldError: Another copy is being made there.
        HelpdeskError: It cannot be copied; an earlier copy still stands.
    """
    # The file that is opened here stays the same one, whatever is published meanwhile.
    with open_database(published, read_only=True) as file, connected(location) as connection:
        record = record_in(file, published)
        of_this = mark(record)
        with held(connection, location):
            if standing_marks(connection, location) == {of_this} and not force:
                return f"nothing to do: {location} has the publication as of {instant_text(record.as_of)}"
            refuse_what_would_be_lost(connection, location)
            tables = list(published_tables(file, declared_grains(), tuple(location.schemas)))
            try:
                rows = _made_ready(connection, file, location, tables)
                swap(connection, location, tables, mark=of_this, longest_wait=wait, report=progress)
            except (HelpdeskError, psycopg.Error, duckdb.Error, KeyboardInterrupt):
                # What is left of it takes room. The next copy clears it where this one no longer can.
                with contextlib.suppress(HelpdeskError, psycopg.Error):
                    clear_staging(connection, location)
                raise
    return (
        f"{len(tables)} tables, {rows:,} rows, as of {instant_text(record.as_of)}, are in {location},"
        f" schemas {', '.join(location.schemas.values())}"
    )


def _made_ready(
    connection: psycopg.Connection, file: duckdb.DuckDBPyConnection, location: Location, tables: list[Table]
) -> int:
    for table in tables:
        for column in table.columns:
            table.type_of(column)
    make_staging(connection, location)
    progress(f"copying {len(tables)} tables to {location}")
    copied = []
    for table in tables:
        schema = location.schemas[table.schema]
        rows = copy_table(connection, file, table, staging_schema(schema))
        copied.append((schema, table.name, rows))
        if rows >= _ROWS_WORTH_TELLING:
            progress(f"  {table}: {rows:,} rows")
    _note(connection, location, copied)
    return sum(rows for _, _, rows in copied)


def _note(connection: psycopg.Connection, location: Location, copied: list[tuple[str, str, int]]) -> None:
    """Note which tables are this copy's: only those are taken away by the next."""
    name = sql.Identifier(staging_schema(location.schemas["meta"]), COPIED_TABLES)
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "create table {} (table_schema text not null, table_name text not null,"
                " row_count bigint not null, primary key (table_schema, table_name))"
            ).format(name)
        )
        with cursor.copy(sql.SQL("copy {} from stdin (freeze)").format(name)) as copy:
            for row in [*copied, (location.schemas["meta"], COPIED_TABLES, len(copied) + 1)]:
                copy.write_row(row)
        cursor.execute(
            sql.SQL("comment on table {} is {}").format(
                name,
                sql.Literal("One row per table of this copy, which helpdesk publish replaces as a whole."),
            )
        )
