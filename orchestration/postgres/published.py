"""The tables of a published file: columns, comments, and what the models say of their keys."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from orchestration.errors import HelpdeskError
from orchestration.landing.statements import Fragment, compose, identifier, joined
from orchestration.postgres.keys import INDEXES, Grain
from orchestration.postgres.types import is_nested, postgres_type
from orchestration.publishing.catalogue import stored_tables

# A longer key is slower to write than the table, and no tool joins by it.
_LONGEST_KEY = 3


@dataclass(frozen=True)
class Column:
    """One column; ``duckdb_type`` as DuckDB names it."""

    name: str
    duckdb_type: str
    comment: str | None

    @property
    def selected(self) -> Fragment:
        """The column as it is written for PostgreSQL."""
        return compose("to_json({column})" if is_nested(self.duckdb_type) else "{column}",
                       column=identifier(self.name))  # fmt: skip


@dataclass(frozen=True)
class Table:
    """One table of ``core``, ``marts`` or ``meta``.

    Attributes:
        not_null: Columns that hold no NULL, and are declared so.
        key: Columns of which each row has its own values; empty where none are declared, or many.
    """

    schema: str
    name: str
    comment: str | None
    columns: tuple[Column, ...]
    not_null: frozenset[str] = frozenset()
    key: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def source(self) -> Fragment:
        """Its name in the published file."""
        return joined((identifier(self.schema), identifier(self.name)), ".")

    @property
    def indexes(self) -> list[tuple[str, ...]]:
        """The columns of each index, as far as there are such columns."""
        names = {column.name for column in self.columns}
        return [index for index in INDEXES.get(str(self), ()) if names.issuperset(index)]

    def type_of(self, column: Column) -> str:
        """The type of a column in PostgreSQL.

        Raises:
            HelpdeskError: PostgreSQL has none that holds every value.
        """
        told = postgres_type(column.duckdb_type)
        if told is None:
            raise HelpdeskError(
                f"{self}.{column.name}: PostgreSQL has no type for every {column.duckdb_type};"
                " nothing was copied"
            )
        return told


def published_tables(
    connection: duckdb.DuckDBPyConnection, grains: dict[str, Grain], schemas: tuple[str, ...]
) -> Iterator[Table]:
    """Every table of a published file, with the keys its rows keep.

    Args:
        connection: The published file, open for reading.
        grains: What the models declare, by ``schema.table``.
        schemas: The schemas to look at.
    """
    for stored in stored_tables(connection, schemas):
        columns = tuple(Column(each.name, each.data_type, each.comment) for each in stored.columns)
        table = Table(stored.schema, stored.name, stored.comment, columns)
        yield _with_keys(connection, table, grains.get(str(table), Grain()))


def _with_keys(connection: duckdb.DuckDBPyConnection, table: Table, grain: Grain) -> Table:
    """The keys a model declares as far as the rows keep them: they may have been made by other code."""
    declared = [column.name for column in table.columns if column.name in grain.not_null]
    if not declared:
        return table
    key = grain.key if set(grain.key) <= set(declared) and len(grain.key) <= _LONGEST_KEY else ()
    counts = [compose("count({column})", column=identifier(name)) for name in declared]
    rows = compose(
        "(select distinct {key} from {table})", key=joined(map(identifier, key)), table=table.source
    )
    counts.append(compose("(select count(*) from {rows})", rows=rows) if key else Fragment("-1"))
    counted = connection.execute(
        compose("select count(*), {counts} from {table}", counts=joined(counts), table=table.source)
    ).fetchone()
    total, *of_columns, distinct = counted or (0, -1)
    full = frozenset(name for name, count in zip(declared, of_columns, strict=True) if count == total)
    is_key = distinct == total and set(key) <= full
    return Table(table.schema, table.name, table.comment, table.columns, full, key if is_key else ())
