"""meta: which file landed when, which record is quarantined why, which accounts there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import duckdb

from orchestration.landing.columns import OWN_COLUMNS
from orchestration.landing.staging import BAD_RECORDS
from orchestration.landing.statements import Fragment, compose, identifier, joined, table_name
from orchestration.landing.streams import Stream, Streams
from orchestration.settings import Settings

_META_TABLES = (
    "create schema if not exists meta",
    "create table if not exists meta.loads (load_id varchar, source_system varchar, source_account varchar,"
    " stream varchar, file varchar, content_hash varchar, status varchar, rows_landed bigint,"
    " rows_quarantined bigint, message varchar, loaded_at timestamp)",
    "create table if not exists meta.quarantine (load_id varchar, source_system varchar,"
    " source_account varchar, stream varchar, file varchar, line bigint, reason varchar, record varchar,"
    " quarantined_at timestamp)",
    "create table if not exists meta.streams (source_system varchar, source_account varchar,"
    " stream varchar, record_count bigint)",
    "create table if not exists meta.accounts (source_system varchar, source_account varchar,"
    " time_zone varchar, default_schedule_id varchar)",
    # Empty until a run writes it: without a secret nobody has a key.
    "create table if not exists meta.pseudonym_key (secret varchar)",
)


@dataclass
class Load:
    """One file of one run.

    Attributes:
        load_id: The same for the same content at the same place; one that comes back there has another.
        status: ``landed``, ``duplicate`` (it repeats a landing) or ``refused``.
        file: Path inside the extracts folder.
        loaded_at: Time of the run, UTC without a zone.
        message: What there is to say of it.
    """

    load_id: str
    system: str
    account: str
    stream: str
    file: str
    content_hash: str
    status: str
    rows_landed: int
    rows_quarantined: int
    loaded_at: datetime
    message: str = ""

    @property
    def content_key(self) -> tuple[str, str, str, str]:
        """What must not land twice."""
        return self.system, self.account, self.stream, self.content_hash


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Do everything inside, or nothing."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def create_tables(connection: duckdb.DuckDBPyConnection, streams: Streams) -> None:
    """Create whatever is not there yet of meta and of every stream's raw table and columns."""
    with transaction(connection):
        for statement in _META_TABLES:
            connection.execute(statement)
        for system, known in streams.items():
            schema = identifier(f"raw_{system}")
            connection.execute(compose("create schema if not exists {schema}", schema=schema))
            for stream in known.values():
                _create_table(connection, stream)


def _create_table(connection: duckdb.DuckDBPyConnection, stream: Stream) -> None:
    own = [Fragment(f"{identifier(name)} {data_type}") for name, data_type in OWN_COLUMNS.items()]
    known = [Fragment(f"{identifier(column.name)} varchar") for column in stream.columns]
    connection.execute(
        compose(
            "create table if not exists {table} ({columns})",
            table=table_name(stream.table),
            columns=joined(own + known),
        )
    )
    # The table of an earlier release may lack columns that are known by now.
    add_columns(connection, stream.table, [column.name for column in stream.columns])


def add_columns(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> None:
    """Add the text columns that a raw table does not have yet."""
    target = table_name(table)
    described = connection.execute(compose("describe {table}", table=target)).fetchall()
    present = {row[0].lower() for row in described}
    for column in columns:
        if column.lower() not in present:
            connection.execute(
                compose(
                    "alter table {table} add column {column} varchar", table=target, column=identifier(column)
                )
            )


def forget_refusals(connection: duckdb.DuckDBPyConnection) -> None:
    """Forget what earlier runs refused: it is gone, was replaced, or is refused again by this run."""
    connection.execute(
        "delete from meta.quarantine"
        " where load_id in (select load_id from meta.loads where status = 'refused')"
    )
    connection.execute("delete from meta.loads where status = 'refused'")


def record_load(connection: duckdb.DuckDBPyConnection, load: Load) -> None:
    """Record a load and its bad records.

    Args:
        connection: The warehouse.
        load: The load; one that is recorded already, because the same file lay there before, stays as it is.
    """
    values = [load.load_id, load.system, load.account, load.stream, load.file, load.content_hash, load.status]
    values_of_count = [load.rows_landed, load.rows_quarantined, load.message, load.loaded_at]
    connection.execute(
        "insert into meta.loads select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
        " where not exists (from meta.loads where load_id = ?)",
        [*values, *values_of_count, load.load_id],
    )
    connection.execute(
        compose(
            "insert into meta.quarantine select load_id, ?, ?, ?, ?, line, reason, record, ?"
            " from {bad} where load_id = ? order by line",
            bad=BAD_RECORDS,
        ),
        [load.system, load.account, load.stream, load.file, load.loaded_at, load.load_id],
    )


def rewrite_accounts(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Write anew what the settings say of every account that has ever landed, and which streams it has."""
    connection.execute("delete from meta.streams")
    connection.execute(
        "insert into meta.streams select source_system, source_account, stream, sum(rows_landed)"
        " from meta.loads where status = 'landed' group by all order by all"
    )
    accounts = connection.execute(
        "select distinct source_system, source_account from meta.loads where status = 'landed' order by all"
    ).fetchall()
    connection.execute("delete from meta.accounts")
    for system, account in accounts:
        known = settings.account(system, account)
        connection.execute(
            "insert into meta.accounts values (?, ?, ?, ?)",
            [system, account, known.time_zone, known.default_schedule_id],
        )
