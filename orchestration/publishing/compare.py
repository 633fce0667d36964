"""Whether two publications hold the same: what kept tables and a full rebuild must do."""

from pathlib import Path

import duckdb

from orchestration.errors import RefusedError
from orchestration.expectations.sql import fill
from orchestration.warehouse import Warehouse

_TABLES = """
    select '"' || table_schema || '"."' || table_name || '"'
    from information_schema.tables
    where table_catalog = ? and table_schema in ('core', 'marts')
    order by all
"""

_DIFFERENCE = """
    select count(*) from (
        (from one.$table except all from other.$table)
        union all
        (from other.$table except all from one.$table)
    )
"""


def differing_tables(one: Path, other: Path) -> dict[str, int]:
    """Compare every table of core and marts, value by value.

    Args:
        one: A publication.
        other: Another one, of the same extracts, code, settings and as-of.

    Returns:
        How many rows are in only one of the two, by table (1 for a table that only one has); equal tables
        are left out.
    """
    with duckdb.connect() as connection:
        for name, file in (("one", one), ("other", other)):
            connection.execute(f"attach ? as {name} (read_only)", [str(file)])
        tables = {
            name: {table for (table,) in connection.execute(_TABLES, [name]).fetchall()}
            for name in ("one", "other")
        }
        counts = {
            table: _rows_in_one_only(connection, table) for table in sorted(tables["one"] & tables["other"])
        }
    only_one = dict.fromkeys(tables["one"] ^ tables["other"], 1)
    return {table.replace('"', ""): count for table, count in sorted((counts | only_one).items()) if count}


def refuse_other_tables(warehouse: Warehouse) -> None:
    """Refuse when what was just built is not what is published.

    Args:
        warehouse: The warehouse, rebuilt in full as of what is published.

    Raises:
        RefusedError: Some tables differ; says which and by how many rows.
    """
    differing = differing_tables(warehouse.publication_file, warehouse.published_file)
    if differing:
        told = ", ".join(f"{table} ({count} rows)" for table, count in differing.items())
        raise RefusedError(
            f"a full rebuild differs from what is published in {told}; the earlier publication still stands,"
            " helpdesk refresh --full publishes what was rebuilt"
        )


def _rows_in_one_only(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    (count,) = connection.execute(fill(_DIFFERENCE, table=table)).fetchall()[0]
    return int(count)
