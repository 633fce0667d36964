"""Published tables as Parquet, one folder a table, written by DuckDB from one state of the published file."""

import json
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb

from orchestration.errors import HelpdeskError, UsageError, first_line
from orchestration.landing.statements import compose, identifier
from orchestration.publishing.catalogue import StoredTable, stored_tables
from orchestration.publishing.database import explain
from orchestration.publishing.record import row_in


def write_tables(published: Path, folder: Path, only: list[str]) -> dict[str, Any]:
    """Write published tables into an empty folder.

    Args:
        published: The published file; it is opened read-only, once, so all tables are of one publication.
        folder: Where.
        only: Tables (``marts.tickets``) or schemas (``marts``); all when empty.

    Returns:
        The publication, and each table with its file, rows and columns.

    Raises:
        UsageError: There is no such table.
        HelpdeskError: The file is no publication, or a table cannot be written.
    """
    with duckdb.connect() as connection:
        connection.execute("set enable_progress_bar = false")
        try:
            connection.execute("attach ? as published (read_only)", [str(published)])
        except duckdb.Error as error:
            raise explain(published, error) from error
        publication = _publication(connection, published)
        tables = _chosen(stored_tables(connection, catalog="published"), only)
        counts = [_write(connection, table, folder, publication) for table in tables]
    return {
        "publication": publication,
        "tables": [
            {"name": table.full_name, "file": _file_of(table), "rows": count, **_described(table)}
            for table, count in zip(tables, counts, strict=True)
        ],
    }


def _publication(connection: duckdb.DuckDBPyConnection, published: Path) -> dict[str, Any]:
    row = row_in(connection, catalog="published")
    if not row:
        raise HelpdeskError(f"{published}: is no publication (meta.publication is missing)")
    told = {
        name: f"{each.isoformat()}Z" if isinstance(each, datetime) else each for name, each in row.items()
    }
    return told | {"versions": json.loads(row["versions"])}


def _file_of(table: StoredTable) -> str:
    """Its file in the export: alone in a folder, which is what engines of a lake take for a table."""
    return f"{table.schema}/{table.name}/{table.name}.parquet"


def _chosen(tables: list[StoredTable], only: list[str]) -> list[StoredTable]:
    names = {table.full_name for table in tables} | {table.schema for table in tables}
    for name in only:
        if name not in names:
            meant = get_close_matches(name, names, n=1)
            hint = f"did you mean {meant[0]}?" if meant else "see helpdesk export without --only"
            raise UsageError(f"--only {name}: there is no such table or schema; {hint}")
    return [table for table in tables if not only or {table.full_name, table.schema} & set(only)]


def _write(
    connection: duckdb.DuckDBPyConnection, table: StoredTable, folder: Path, publication: dict[str, Any]
) -> int:
    """Write one table; its rows are counted by who wrote them."""
    target = folder / _file_of(table)
    target.parent.mkdir(parents=True)
    statement = compose(
        "copy published.{schema}.{name} to ?"
        " (format parquet, compression zstd, kv_metadata {{ helpdesk: ? }})",
        schema=identifier(table.schema),
        name=identifier(table.name),
    )
    told = json.dumps({"publication": publication, **_described(table)}, ensure_ascii=False)
    try:
        ((count,),) = connection.execute(statement, [str(target), told]).fetchall()
    except duckdb.Error as error:
        raise HelpdeskError(f"{table.full_name}: cannot be exported: {first_line(error)}") from error
    return int(count)


def _described(table: StoredTable) -> dict[str, Any]:
    columns = [
        {"name": column.name, "type": column.data_type, "description": column.comment}
        for column in table.columns
    ]
    return {"description": table.comment, "columns": columns}
