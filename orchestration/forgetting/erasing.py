"""The build file written anew: what DuckDB frees keeps its bytes until something else needs the room."""

from datetime import datetime

import duckdb

from orchestration.errors import HelpdeskError
from orchestration.landing.statements import compose, table_name
from orchestration.publishing.builds import forget_builds
from orchestration.publishing.database import open_database
from orchestration.publishing.record import naive_utc
from orchestration.publishing.syncing import flush_to_disk
from orchestration.warehouse import Warehouse

_TABLES = """
    select schema_name || '.' || table_name, sql
    from duckdb_tables()
    where database_name = 'old' and (schema_name = 'meta' or starts_with(schema_name, 'raw_'))
    order by all
"""


def erase_freed_bytes(warehouse: Warehouse, *, at: datetime) -> None:
    """Copy raw and meta into a fresh build file and put it in place; everything built from them is left out.

    Killed at any point, the file is the old one or the new one, whole.

    Args:
        warehouse: The warehouse, held by this process, which has none of its files open.
        at: When; noted for everybody whose records were emptied. UTC.

    Raises:
        HelpdeskError: There is no room, or another process has the file open.
    """
    fresh = warehouse.build_file.with_name(f"{warehouse.build_file.name}.forgetting")
    log, fresh_log = (file.with_name(f"{file.name}.wal") for file in (warehouse.build_file, fresh))
    for leftover in (fresh, fresh_log):
        leftover.unlink(missing_ok=True)
    with open_database(warehouse.build_file, read_only=False) as connection:
        connection.execute("checkpoint")
    if log.exists():
        raise HelpdeskError(f"{log}: still there after the checkpoint; another process has the file open")
    with duckdb.connect() as connection:
        connection.execute("attach ? as old (read_only)", [str(warehouse.build_file)])
        connection.execute("attach ? as fresh", [str(fresh)])
        connection.execute("use fresh")
        for name, definition in connection.execute(_TABLES).fetchall():
            _copy(connection, name, definition)
        forget_builds(connection)
        connection.execute(
            "update meta.forgotten set erased_at = cast(? as timestamp) where erased_at is null",
            [naive_utc(at)],
        )
        connection.execute("checkpoint fresh")
        connection.execute("use memory")
        connection.execute("detach fresh")
    fresh.chmod(0o600)
    flush_to_disk(fresh)
    fresh.replace(warehouse.build_file)
    flush_to_disk(warehouse.private_dir)


def _copy(connection: duckdb.DuckDBPyConnection, name: str, definition: str) -> None:
    schema, _, _ = name.partition(".")
    connection.execute(compose("create schema if not exists {schema}", schema=table_name(schema)))
    # The definition that DuckDB gives, with its keys; it names the schema and not the database.
    connection.execute(definition)
    connection.execute(compose("insert into {table} from old.{table}", table=table_name(name)))
