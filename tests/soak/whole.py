"""What must hold after every fault."""

from pathlib import Path

import duckdb

from orchestration.expectations.sql import fill, identifier
from orchestration.publishing.compare import differing_tables
from orchestration.publishing.folders import unpublished_file
from orchestration.warehouse import Warehouse
from tests.soak.desk import Desk

_EVERY_VALUE = "select count(*), count(columns(*)) from $table"
_COUNT = "select count(*) from $table"
_LOADS = """
    select source_system, source_account, stream, file, content_hash, status, rows_landed, rows_quarantined
    from meta.loads
    order by all
"""


class LostError(AssertionError):
    """The warehouse did not survive a fault."""


def must(holds: bool, what: str) -> None:
    """Say what was lost if something does not hold."""
    if not holds:
        raise LostError(what)


def whole(warehouse: Warehouse, file: Path | None = None, *, checks: int = 300) -> str:
    """Read every value of a publication, and hold its tables against what it says of itself.

    Args:
        warehouse: The warehouse.
        file: A kept version; None for what is published.
        checks: How many of its run's checks a publication tells at least.

    Returns:
        The run that the publication says it is of.
    """
    path = file or warehouse.published_file
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where not internal and not temporary"
        ).fetchall()
        must(len(tables) > 50, f"{path} holds only {len(tables)} tables")
        for schema, table in tables:
            connection.execute(fill(_EVERY_VALUE, table=identifier(schema, table))).fetchall()
        said = connection.execute("select run_id, as_of from meta.publication").fetchall()
        must(len(said) == 1, f"{path} says {len(said)} times what it is")
        (checked,) = connection.execute(
            "select count(*) from meta.checks where run_id = ?", [said[0][0]]
        ).fetchall()
        must(checked[0] >= checks, f"{path} says of run {said[0][0]} only {checked[0]} checks")
        (later,) = connection.execute(
            "select count(*) from core.fct_tickets where created_at > ?", [said[0][1]]
        ).fetchall()
        must(later[0] == 0, f"{path} holds {later[0]} tickets of after its as-of")
    return str(said[0][0])


def as_undisturbed(desk: Desk, warehouse: Warehouse) -> None:
    """Hold what came out after a fault against what comes out without one."""
    whole(warehouse)
    differing = differing_tables(desk.undisturbed.published_file, warehouse.published_file)
    must(differing == {}, f"tables differ from an undisturbed refresh: {differing}")
    for name, read in (("records in raw tables", _raw_counts), ("loads", _loads)):
        must(read(warehouse) == read(desk.undisturbed), f"{name} differ from an undisturbed refresh")
    for version in warehouse.versions_dir.glob("*"):
        must(version.suffix == ".duckdb", f"{version} was left behind")
        whole(warehouse, version)
    must(not unpublished_file(warehouse).exists(), "an unfinished copy was left behind")


def _raw_counts(warehouse: Warehouse) -> list[tuple[str, int]]:
    with duckdb.connect(str(warehouse.build_file), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where schema_name like 'raw_%' order by all"
        ).fetchall()
        return [
            (
                f"{schema}.{table}",
                *connection.execute(fill(_COUNT, table=identifier(schema, table))).fetchall()[0],
            )
            for schema, table in tables
        ]


def _loads(warehouse: Warehouse) -> list[tuple]:
    with duckdb.connect(str(warehouse.build_file), read_only=True) as connection:
        return connection.execute(_LOADS).fetchall()
