"""What had landed by some instant, taken from one warehouse into another: the past has nothing to land."""

from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.landing.columns import OWN_COLUMNS
from orchestration.landing.ledger import Load, add_columns, create_tables, rewrite_accounts, transaction
from orchestration.landing.statements import compose, table_name
from orchestration.landing.streams import Stream, load_streams
from orchestration.publishing.database import explain, has_table
from orchestration.publishing.record import naive_utc
from orchestration.settings import Settings

# In the order of landing, which tells what came later of what came at the same instant.
_LEDGERS = {
    "loads": "insert into meta.loads by name from live.meta.loads where loaded_at <= ? order by rowid",
    "quarantine": "insert into meta.quarantine by name"
    " from live.meta.quarantine where quarantined_at <= ? order by rowid",
}
# Who is forgotten is so at all times, also in what may land there one day.
_FORGOTTEN = ("forgotten", "forgotten_salt")


def first_landing(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    """When the first records landed, in UTC without a zone; None when none has.

    Args:
        connection: A build file.
    """
    if not has_table(connection, "meta", "loads"):
        return None
    row = connection.execute("select min(loaded_at) from meta.loads where status = 'landed'").fetchone()
    return row[0] if row else None


def take_known_records(
    connection: duckdb.DuckDBPyConnection, source: Path, settings: Settings, *, known_at: datetime
) -> list[Load]:
    """Take every record, load and quarantined record whose load time is not later than an instant.

    Raw tables only ever grow, so what had landed by then is all that was known then. What is written down of
    accounts and streams is made anew from it.

    Args:
        connection: The build file of a new warehouse, open for writing and in no transaction.
        source: The build file of the warehouse whose past it is; nobody may be writing it.
        settings: The accounts.
        known_at: The instant; UTC.

    Returns:
        The loads that had landed by then, in the order of landing.

    Raises:
        HelpdeskError: The source cannot be read.
    """
    streams = load_streams()
    until = naive_utc(known_at)
    connection.execute("set TimeZone = 'UTC'")
    create_tables(connection, streams)
    try:
        connection.execute("attach ? as live (read_only)", [str(source)])
    except duckdb.Error as error:
        raise explain(source, error) from error
    try:
        with transaction(connection):
            for table, statement in _LEDGERS.items():
                if has_table(connection, "meta", table, catalog="live"):
                    connection.execute(statement, [until])
            for table in _FORGOTTEN:
                if has_table(connection, "meta", table, catalog="live"):
                    name = table_name(f"meta.{table}")
                    connection.execute(compose("create table {table} as from live.{table}", table=name))
            for known in streams.values():
                for stream in known.values():
                    _take(connection, stream, until)
            rewrite_accounts(connection, settings)
    finally:
        connection.execute("detach live")
    return _landed(connection)


def _take(connection: duckdb.DuckDBPyConnection, stream: Stream, until: datetime) -> None:
    schema, _, name = stream.table.partition(".")
    if not has_table(connection, schema, name, catalog="live"):
        return
    table = table_name(stream.table)
    described = connection.execute(compose("describe live.{table}", table=table)).fetchall()
    # Columns that only deliveries know.
    add_columns(connection, stream.table, [row[0] for row in described if row[0] not in OWN_COLUMNS])
    connection.execute(
        compose("insert into {table} by name from live.{table} where _loaded_at <= ?", table=table), [until]
    )


def _landed(connection: duckdb.DuckDBPyConnection) -> list[Load]:
    rows = connection.execute(
        "select load_id, source_system, source_account, stream, file, content_hash, status,"
        " rows_landed, rows_quarantined, loaded_at, message"
        " from meta.loads where status = 'landed' order by rowid"
    ).fetchall()
    return [Load(*row) for row in rows]
