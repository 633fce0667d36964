"""Compares every published table of two engines, value by value."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

RELATIVE_TOLERANCE = 1e-9

# Rows are matched by everything that is not a float; floats of matched rows may differ by rounding.
_DIFFERENCES = """
with
left_rows as (select hash({exact}) as row_hash, {exact}, {floats} from {left_table}),
right_rows as (select hash({exact}) as row_hash, {exact}, {floats} from {right_table}),
left_numbered as (
    select *, row_number() over (partition by row_hash order by {order}) as copy from left_rows
),
right_numbered as (
    select *, row_number() over (partition by row_hash order by {order}) as copy from right_rows
)
select
    case
        when l.copy is null then 'only {right}'
        when r.copy is null then 'only {left}'
        else 'differs'
    end as how,
    cast(to_json(l) as varchar) as {left}, cast(to_json(r) as varchar) as {right},
    count(*) over () as difference_count
from left_numbered as l
full join right_numbered as r on l.row_hash = r.row_hash and l.copy = r.copy
where l.copy is null or r.copy is null or {is_different}
order by all
limit 5
"""

_IS_OTHER_FLOAT = """
(l.{column} is null) <> (r.{column} is null)
or abs(l.{column} - r.{column}) > {tolerance} * greatest(abs(l.{column}), abs(r.{column}))
"""


@dataclass(frozen=True)
class Difference:
    """A table that is not the same on both engines.

    Attributes:
        table: The table, as ``schema.table``.
        what: What differs, with examples.
    """

    table: str
    what: str


def compare(published_file: Path, spark_files: Mapping[str, str]) -> list[Difference]:
    """Compare the tables of a published DuckDB file with the same tables as Spark wrote them.

    Args:
        published_file: What DuckDB built.
        spark_files: Parquet files of each table, by ``schema.table``, as a pattern.

    Returns:
        One difference per table that is not the same: its columns, their types, its rows or their values.
        Floats may differ by a relative 1e-9.
    """
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{published_file}' as published (read_only)")
        tables = [
            row[0]
            for row in connection.execute("""
                select table_schema || '.' || table_name from information_schema.tables
                where table_catalog = 'published' and table_schema in ('core', 'marts') order by all
            """).fetchall()
        ]
        missing = [Difference(table, "is missing on Spark") for table in tables if table not in spark_files]
        surplus = [Difference(table, "is only on Spark") for table in spark_files if table not in tables]
        found = [
            difference
            for table in tables
            if table in spark_files
            for difference in _compare_table(connection, table, spark_files[table])
        ]
    return missing + surplus + found


def _columns(connection: duckdb.DuckDBPyConnection, relation: str) -> dict[str, str]:
    rows = connection.execute(f"describe select * from {relation}").fetchall()
    return {row[0]: row[1] for row in rows}


def _compare_table(connection: duckdb.DuckDBPyConnection, table: str, pattern: str) -> list[Difference]:
    left_table, right_table = f"published.{table}", f"read_parquet('{pattern}', hive_partitioning = false)"
    left, right = _columns(connection, left_table), _columns(connection, right_table)
    if left != right:
        unlike = sorted(set(left.items()) ^ set(right.items()))
        return [Difference(table, f"has other columns: {unlike}")]
    if list(left) != list(right):
        return [Difference(table, f"has its columns in another order: {list(left)} and {list(right)}")]
    floats = [column for column, data_type in left.items() if data_type in ("DOUBLE", "FLOAT")]
    exact = [column for column in left if column not in floats]
    is_different = " or ".join(
        [f"l.{column} is distinct from r.{column}" for column in exact]
        + [_IS_OTHER_FLOAT.format(column=column, tolerance=RELATIVE_TOLERANCE) for column in floats]
    )
    query = _DIFFERENCES.format(
        exact=", ".join(exact),
        floats=", ".join(floats) or "null as no_float",
        order=", ".join(floats) or "1",
        left="duckdb",
        right="spark",
        left_table=left_table,
        right_table=right_table,
        is_different=is_different,
    )
    rows = connection.execute(query).fetchall()
    if not rows:
        return []
    examples = "; ".join(f"{how}: {' | '.join(filter(None, values))}" for how, *values, _ in rows)
    return [Difference(table, f"{rows[0][-1]:,} rows: {examples}")]
