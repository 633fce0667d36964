"""Temporary tables in which a file waits until the whole run is known to be good."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.landing.checks import reason_expression
from orchestration.landing.discovery import ExtractFile
from orchestration.landing.plain import PlainFile
from orchestration.landing.statements import Fragment, compose, identifier
from orchestration.landing.streams import Stream, Streams

LONGEST_RECORD_BYTES = 32 << 20
BAD_RECORDS = Fragment("temp.main.landing_bad_records")


@dataclass(frozen=True)
class Delivery:
    """A file as its reader gets it.

    Attributes:
        extract: The file and its stream.
        plain: Its bytes without compression.
        load_id: Its load.
        streams: The registry.
        folder: Where helper files may be written.
    """

    extract: ExtractFile
    plain: PlainFile
    load_id: str
    streams: Streams
    folder: Path


@dataclass(frozen=True)
class Staged:
    """The records of one file.

    Attributes:
        load_id: Load they belong to.
        table: Temporary table of the records: ``_line`` and the columns, as text.
        columns: Its columns beside ``_line``.
        is_paged: Whether records came in pages, so that ``_line`` says the page and the place in it.
    """

    load_id: str
    table: Fragment
    columns: tuple[str, ...]
    is_paged: bool = False


def create_bad_records(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the empty temporary table of the run's bad records."""
    connection.execute(
        compose(
            "create or replace temp table {bad}"
            " (load_id varchar, line bigint, reason varchar, record varchar)",
            bad=BAD_RECORDS,
        )
    )


def staged_table(load_id: str) -> Fragment:
    """Name the temporary table of one load."""
    return compose("temp.main.{name}", name=identifier(f"landing_{load_id}"))


def keep_bad_records(connection: duckdb.DuckDBPyConnection, load_id: str, path: Path) -> None:
    """Take over the bad records that Python found.

    Args:
        connection: The warehouse.
        load_id: Their load.
        path: One JSON object a line, of line, reason and record.
    """
    if path.stat().st_size:
        connection.execute(
            compose(
                "insert into {bad} select ?, line, reason, record from read_json(?,"
                " format='newline_delimited', columns={{line: 'BIGINT', reason: 'VARCHAR',"
                " record: 'VARCHAR'}}, maximum_object_size=?)",
                bad=BAD_RECORDS,
            ),
            [load_id, str(path), 8 * LONGEST_RECORD_BYTES],
        )


def check_records(connection: duckdb.DuckDBPyConnection, staged: Staged, stream: Stream) -> None:
    """Move records that are missing what they need, or do not read, to the bad ones.

    Args:
        connection: The warehouse.
        staged: The records.
        stream: What they must hold.
    """
    reason, parameters = reason_expression(stream, set(staged.columns))
    moved = connection.execute(
        compose(
            "insert into {bad} select ?, _line, _landing_reason, to_json(_landing_record) from ("
            " select _landing_record, _line, {reason} as _landing_reason from {table} as _landing_record"
            ") where _landing_reason is not null",
            bad=BAD_RECORDS,
            reason=reason,
            table=staged.table,
        ),
        [staged.load_id, *parameters],
    ).fetchone()
    if moved and moved[0]:
        connection.execute(
            compose(
                "delete from {table} where _line in (select line from {bad} where load_id = ?)",
                table=staged.table,
                bad=BAD_RECORDS,
            ),
            [staged.load_id],
        )


def count_records(
    connection: duckdb.DuckDBPyConnection, load_id: str, staged: Staged | None
) -> tuple[int, int]:
    """Count the good and the bad records of a load."""
    good = (
        _count(connection, compose("select count(*) from {table}", table=staged.table), []) if staged else 0
    )
    bad = compose("select count(*) from {bad} where load_id = ?", bad=BAD_RECORDS)
    return good, _count(connection, bad, [load_id])


def _count(connection: duckdb.DuckDBPyConnection, statement: Fragment, parameters: list[str]) -> int:
    row = connection.execute(statement, parameters).fetchone()
    return int(row[0]) if row else 0
