"""The tables of a published file as DuckDB's own catalogue tells them, descriptions included."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

SCHEMAS = ("core", "marts", "meta")


@dataclass(frozen=True)
class StoredColumn:
    """A column; its type as DuckDB names it, its comment None in files of earlier releases."""

    name: str
    data_type: str
    comment: str | None


@dataclass(frozen=True)
class StoredTable:
    """A table and its columns, in their order."""

    schema: str
    name: str
    comment: str | None
    columns: tuple[StoredColumn, ...]

    @property
    def full_name(self) -> str:
        """Schema and name, as in ``marts.tickets``."""
        return f"{self.schema}.{self.name}"


def stored_tables(
    connection: duckdb.DuckDBPyConnection, schemas: Sequence[str] = SCHEMAS, *, catalog: str | None = None
) -> list[StoredTable]:
    """The tables of some schemas, by schema and name.

    Args:
        connection: A connection.
        schemas: The schemas.
        catalog: Name of an attached database; None for the opened one.
    """
    found = connection.execute(
        """
        select
            tables.schema_name,
            tables.table_name,
            tables.comment,
            list([columns.column_name, columns.data_type, columns.comment] order by columns.column_index)
        from duckdb_tables() as tables
        inner join duckdb_columns() as columns using (database_name, schema_name, table_name)
        where tables.database_name = coalesce(?, current_database())
            and tables.schema_name in (select unnest(?))
        group by all
        order by 1, 2
        """,
        [catalog, list(schemas)],
    ).fetchall()
    return [
        StoredTable(schema, name, comment, tuple(StoredColumn(*column) for column in columns))
        for schema, name, comment, columns in found
    ]
