"""One table from the published file into PostgreSQL, as a stream that is never whole in memory.

DuckDB writes CSV into a pipe, in a thread of its own and on all its threads; PostgreSQL reads it out of COPY.
Measured against Arrow's driver (adbc) and against rows in Python: docs/benchmarks.md.
"""

import os
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import duckdb
import psycopg
from psycopg import sql

from orchestration.landing.statements import Fragment, compose, joined
from orchestration.postgres.published import Table

_CHUNK_BYTES = 1 << 20


def copy_table(
    connection: psycopg.Connection, published: duckdb.DuckDBPyConnection, table: Table, schema: str
) -> int:
    """Create a table, fill it, give it its key, indexes, comments and statistics, all in one transaction.

    Args:
        connection: The server.
        published: The published file.
        table: The table.
        schema: The schema there.

    Returns:
        How many rows it has.
    """
    name = sql.Identifier(schema, table.name)
    with connection.transaction():
        columns = sql.SQL(", ").join(
            sql.SQL("{} {}{}").format(
                sql.Identifier(column.name),
                sql.SQL(table.type_of(column)),
                sql.SQL(" not null" if column.name in table.not_null else ""),
            )
            for column in table.columns
        )
        connection.execute(sql.SQL("create table {} ({})").format(name, columns))
        rows = _fill(connection, published, table, name)
        if table.key:
            connection.execute(sql.SQL("alter table {} add primary key ({})").format(name, _names(table.key)))
        for index in table.indexes:
            connection.execute(sql.SQL("create index on {} ({})").format(name, _names(index)))
        _comment(connection, table, schema)
        connection.execute(sql.SQL("analyze {}").format(name))
    return rows


def _fill(
    connection: psycopg.Connection,
    published: duckdb.DuckDBPyConnection,
    table: Table,
    name: sql.Identifier,
) -> int:
    # Frozen rows are there for transactions that began before they were written, too: a reader never finds
    # the table of a new copy empty.
    statement = sql.SQL("copy {} from stdin (format csv, encoding 'UTF8', freeze)").format(name)
    with connection.cursor() as cursor:
        # Closed first where the server refuses: the thread that writes must not be waited for.
        with cursor.copy(statement) as copy, closing(_csv(published, table)) as chunks:
            for chunk in chunks:
                copy.write(chunk)
        return int(cursor.rowcount)


def _csv(published: duckdb.DuckDBPyConnection, table: Table) -> Generator[bytes, None, None]:
    """A table as CSV, in pieces: NULL is nothing, an empty text is an empty one in quotes."""
    reading, writing = os.pipe()
    query = compose(
        "copy (select {columns} from {table}) to '/dev/fd/{writing}' (format csv, header false)",
        columns=joined(column.selected for column in table.columns),
        table=table.source,
        writing=Fragment(str(writing)),
    )
    cursor = published.cursor()
    # In order, it would keep all in memory that PostgreSQL has not yet taken.
    cursor.execute("set preserve_insertion_order = false")

    def write() -> None:
        try:
            cursor.execute(query)
        finally:
            os.close(writing)

    with ThreadPoolExecutor(1) as thread:
        written = thread.submit(write)
        try:
            while chunk := os.read(reading, _CHUNK_BYTES):
                yield chunk
            written.result()
        finally:
            # Whoever still writes is told so by the pipe.
            os.close(reading)


def _names(columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _comment(connection: psycopg.Connection, table: Table, schema: str) -> None:
    comments = [
        sql.SQL("comment on column {} is {}").format(
            sql.Identifier(schema, table.name, column.name),
            sql.Literal(column.comment),
        )
        for column in table.columns
        if column.comment
    ]
    if table.comment:
        name = sql.Identifier(schema, table.name)
        comments.append(sql.SQL("comment on table {} is {}").format(name, sql.Literal(table.comment)))
    if comments:
        connection.execute(sql.SQL("; ").join(comments))
