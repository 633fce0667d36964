"""Published tables as Parquet, one folder a table, written by DuckDB from one state of the published file."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb

from orchestration.errors import HelpdeskError, UsageError, first_line
from orchestration.landing.statements import compose, identifier
from orchestration.publishing.catalogue import stored_tables
from orchestration.publishing.database import explain
from orchestration.publishing.record import row_in


@dataclass(frozen=True)
class Column:
    """A column as DuckDB names its type; its description where the published file has one."""

    name: str
    type: str
    description: str | None


@dataclass(frozen=True)
class Table:
    """A published table; ``name`` is ``schema.table``."""

    name: str
    description: str | None
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """Its file in the export: alone in a folder, which is what engines of a lake take for a table."""
        schema, table = self.name.split(".", 1)
        return f"{schema}/{table}/{table}.parquet"


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
        tables = _chosen(_tables(connection), only)
        counts = [_write(connection, table, folder, publication) for table in tables]
    return {
        "publication": publication,
        "tables": [
            {"name": table.name, "file": table.file, "rows": count, **_described(table)}
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


def _tables(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    return [
        Table(
            f"{table.schema}.{table.name}",
            table.comment,
            tuple(Column(each.name, each.data_type, each.comment) for each in table.columns),
        )
        for table in stored_tables(connection, catalog="published")
    ]


def _chosen(tables: list[Table], only: list[str]) -> list[Table]:
    names = {table.name for table in tables} | {table.name.split(".")[0] for table in tables}
    for name in only:
        if name not in names:
            meant = get_close_matches(name, names, n=1)
            hint = f"did you mean {meant[0]}?" if meant else "see helpdesk export without --only"
            raise UsageError(f"--only {name}: there is no such table or schema; {hint}")
    return [table for table in tables if not only or {table.name, table.name.split(".")[0]} & set(only)]


def _write(
    connection: duckdb.DuckDBPyConnection, table: Table, folder: Path, publication: dict[str, Any]
) -> int:
    """Write one table; its rows are counted by who wrote them."""
    schema, name = table.name.split(".", 1)
    target = folder / table.file
    target.parent.mkdir(parents=True)
    statement = compose(
        "copy published.{schema}.{name} to ?"
        " (format parquet, compression zstd, kv_metadata {{ helpdesk: ? }})",
        schema=identifier(schema),
        name=identifier(name),
    )
    told = json.dumps({"publication": publication, **_described(table)}, ensure_ascii=False)
    try:
        ((count,),) = connection.execute(statement, [str(target), told]).fetchall()
    except duckdb.Error as error:
        raise HelpdeskError(f"{table.name}: cannot be exported: {first_line(error)}") from error
    return int(count)


def _described(table: Table) -> dict[str, Any]:
    return {"description": table.description, "columns": [asdict(column) for column in table.columns]}
