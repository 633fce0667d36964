"""Some of the rows that break a check: meta.failing_rows in the build file, of the last run alone.

Whole rows may hold personal data. They are never published and no message repeats them; the next run forgets
them when it begins.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import duckdb

from orchestration.publishing.database import has_table, open_database
from orchestration.warehouse import Warehouse


class Check(Protocol):
    """What is kept of a check that failed."""

    @property
    def check(self) -> str:
        """Name of the check."""

    @property
    def asset(self) -> str:
        """The table it looked at."""

    @property
    def rows(self) -> tuple[str, ...]:
        """Rows that break it, as JSON."""


@dataclass(frozen=True)
class FailingRows:
    """Rows of one check, as JSON."""

    asset: str
    check: str
    rows: tuple[str, ...]


def record_failing_rows(warehouse: Warehouse, run_id: str, checks: Iterable[Check]) -> int:
    """Keep the rows that break checks.

    Args:
        warehouse: The warehouse, held by this refresh.
        run_id: Id of the refresh.
        checks: The results.

    Returns:
        How many rows were kept.
    """
    kept = [
        (run_id, each.asset, each.check, number, row)
        for each in checks
        for number, row in enumerate(each.rows, start=1)
    ]
    if kept:
        with open_database(warehouse.build_file, read_only=False) as connection:
            connection.execute("""
                create table if not exists meta.failing_rows (
                    run_id varchar, asset varchar, check_name varchar, row_number bigint, row varchar
                )
            """)
            connection.executemany("insert into meta.failing_rows values (?, ?, ?, ?, ?)", kept)
    return len(kept)


def forget_failing_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Forget the rows of earlier runs.

    Args:
        connection: The build file, open for writing.
    """
    connection.execute("drop table if exists meta.failing_rows")


def failing_rows(connection: duckdb.DuckDBPyConnection) -> tuple[FailingRows, ...]:
    """The rows that broke checks of the last run, by table and check.

    Args:
        connection: The build file.
    """
    if not has_table(connection, "meta", "failing_rows"):
        return ()
    rows = connection.execute("""
        select asset, check_name, list(row order by row_number)
        from meta.failing_rows
        group by asset, check_name
        order by asset, check_name
    """).fetchall()
    return tuple(FailingRows(asset, check, tuple(found)) for asset, check, found in rows)
