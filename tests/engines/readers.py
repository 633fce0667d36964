"""What readers of a cluster see of a publication, through its Thrift server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from pyhive import hive


@contextmanager
def reader(host: str, port: int) -> Iterator[hive.Cursor]:
    """A client that queries what is published."""
    connection = hive.connect(host=host, port=port)
    try:
        yield connection.cursor()
    finally:
        connection.close()


def published_counts(host: str, port: int, published_file: Path) -> list[str]:
    """Tables of which the cluster's readers see another number of rows than readers of the file.

    Args:
        host: Where the Thrift server answers.
        port: Where the Thrift server answers.
        published_file: The DuckDB file that was published by the same run.
    """
    differences = []
    with duckdb.connect(published_file, read_only=True) as connection, reader(host, port) as cursor:
        tables = connection.execute(
            "select table_schema || '.' || table_name from information_schema.tables order by all"
        ).fetchall()
        for (table,) in tables:
            query = f"select count(*) from {table}"
            expected = connection.execute(query).fetchone()
            cursor.execute(query)
            found = cursor.fetchone()
            if found != expected:
                differences.append(f"{table}: readers of the cluster see {found} rows, not {expected}")
    return differences
