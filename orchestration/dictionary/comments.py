"""Descriptions as comments in a published file, where every client of a database looks for them.

A table's first line is its grain. What a column says ends with its unit and what it refers to, in brackets.
"""

import re
from collections.abc import Iterable

import duckdb

from orchestration.dictionary.tables import SCHEMAS, Column, Table
from orchestration.landing.statements import compose, identifier, table_name, text
from orchestration.publishing.catalogue import stored_tables

_GRAIN = "Grain: "
_COLUMN = re.compile(
    r"(?P<description>.*?)(?: \[unit: (?P<unit>[^]]+)])?(?: \[refers to (?P<refers_to>[^]]+)])?", re.DOTALL
)


def table_comment(table: Table) -> str:
    """What a table's comment says.

    Args:
        table: The table.
    """
    return f"{_GRAIN}{table.grain}\n{table.description}"


def column_comment(column: Column) -> str:
    """What a column's comment says.

    Args:
        column: The column.
    """
    unit = f" [unit: {column.unit}]" if column.unit else ""
    refers_to = f" [refers to {column.refers_to}]" if column.refers_to else ""
    return f"{column.description}{unit}{refers_to}"


def write_comments(connection: duckdb.DuckDBPyConnection, tables: Iterable[Table]) -> None:
    """Comment the tables that a publication has, and their columns.

    Args:
        connection: Has the publication attached as ``publication``.
        tables: What is known of tables; those that are not there are passed over.
    """
    there = {
        (table.full_name, column.name)
        for table in stored_tables(connection, catalog="publication")
        for column in table.columns
    }
    for table in tables:
        columns = [column for column in table.columns if (table.full_name, column.name) in there]
        if not columns:
            continue
        name = table_name(f"publication.{table.full_name}")
        said = text(table_comment(table))
        connection.execute(compose("comment on table {table} is {said}", table=name, said=said))
        for column in columns:
            statement = compose(
                "comment on column {table}.{column} is {said}",
                table=name,
                column=identifier(column.name),
                said=text(column_comment(column)),
            )
            connection.execute(statement)


def read_comments(connection: duckdb.DuckDBPyConnection) -> list[Table]:
    """The tables of a published file with what their comments say; a file of earlier releases has none.

    Args:
        connection: The published file.
    """
    tables = [
        Table(
            table.schema,
            table.name,
            *_of_table(table.comment or ""),
            tuple(_column(column.name, column.data_type, column.comment or "") for column in table.columns),
        )
        for table in stored_tables(connection)
    ]
    return sorted(tables, key=lambda table: (SCHEMAS.index(table.schema), table.name))


def _of_table(comment: str) -> tuple[str, str]:
    grain, _, description = comment.partition("\n")
    return grain.removeprefix(_GRAIN), description


def _column(name: str, data_type: str, comment: str) -> Column:
    told = _COLUMN.fullmatch(comment)
    parts = told.groupdict() if told else {"description": comment}
    return Column(name, data_type, **parts)
