"""Landing: every new extract into its raw table, or nothing of the whole run."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from orchestration.counting import counted
from orchestration.forgetting.again import forget_in_landed_records, forget_in_new_records
from orchestration.landing.columns import landed_values
from orchestration.landing.deliveries import next_second
from orchestration.landing.discovery import find_extracts
from orchestration.landing.ledger import (
    Load,
    add_columns,
    create_tables,
    forget_refusals,
    record_load,
    rewrite_accounts,
    transaction,
)
from orchestration.landing.limits import refuse_if_bad
from orchestration.landing.reading import Reading, read_extract
from orchestration.landing.staging import BAD_RECORDS, Staged, create_bad_records, staged_table
from orchestration.landing.statements import (
    compose,
    identifiers,
    table_name,
)
from orchestration.landing.streams import load_streams
from orchestration.settings import Settings


@dataclass
class LandingResult:
    """What a run landed.

    Attributes:
        loads: One per file, in the order of their paths.
        notes: What a person should know: files that were ignored, are empty or had landed before.
        has_emptied: Whether records were emptied whose bytes are in the file still.
    """

    loads: list[Load] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    has_emptied: bool = False


def land(
    connection: duckdb.DuckDBPyConnection,
    extracts: Path,
    settings: Settings,
    *,
    loaded_at: datetime,
    report: Callable[[str], None],
) -> LandingResult:
    """Land every extract of a folder that has not landed yet, in one transaction.

    Args:
        connection: The build file, open for writing and in no transaction.
        extracts: The folder of extracts.
        settings: The share of bad records (0–1) that is accepted, and the accounts.
        loaded_at: Time of the run; without a zone it is UTC. Where another run landed then or later, this
            one is taken to land a second after it.
        report: Takes one line of progress per file.

    Returns:
        The loads and the notes of the run.

    Raises:
        UsageError: The folder is not one of extracts.
        RefusedError: A file is unreadable, or a stream has too many bad records; nothing has landed, what was
            bad is in ``meta``.
    """
    streams = load_streams()
    files, notes = find_extracts(extracts, streams)
    moment = loaded_at.astimezone(UTC).replace(tzinfo=None) if loaded_at.tzinfo else loaded_at
    connection.execute("set TimeZone = 'UTC'")
    create_tables(connection, streams)
    create_bad_records(connection)
    moment = next_second(connection, moment)
    readings: list[Reading] = []
    landing: dict[tuple[str, str, str, str], Load] = {}
    try:
        for extract in files:
            reading = read_extract(connection, extract, moment, streams, landing)
            readings.append(reading)
            if reading.load.status == "landed":
                landing[reading.load.content_key] = reading.load
        loads = [reading.load for reading in readings]
        forget_in_new_records(connection, readings)
        refuse_if_bad(connection, loads, settings)
        has_emptied = _land_all(connection, readings, settings, report)
    finally:
        for table in (BAD_RECORDS, *(staged_table(reading.load.load_id) for reading in readings)):
            connection.execute(compose("drop table if exists {table}", table=table))
    told = [f"{load.file}: {load.message}" for load in loads if load.message]
    return LandingResult(loads, notes + told, has_emptied)


def _land_all(
    connection: duckdb.DuckDBPyConnection,
    readings: list[Reading],
    settings: Settings,
    report: Callable[[str], None],
) -> bool:
    with transaction(connection):
        forget_refusals(connection)
        has_emptied = forget_in_landed_records(connection, readings)
        for reading in readings:
            load = reading.load
            if reading.staged:
                _append(connection, reading, reading.staged)
            record_load(connection, load)
            outcome = f"{counted(load.rows_landed, 'record')} landed, {load.rows_quarantined:,} quarantined"
            report(f"{load.file}: {load.message or outcome}")
        rewrite_accounts(connection, settings)
    return has_emptied


def _append(connection: duckdb.DuckDBPyConnection, reading: Reading, staged: Staged) -> None:
    load = reading.load
    add_columns(connection, reading.stream.table, list(staged.columns))
    values, parameters = landed_values(reading.stream, staged.columns)
    connection.execute(
        compose(
            "insert into {target} (_load_id, _file, _line, _account, _loaded_at, {columns})"
            " select ?, ?, _line, ?, ?, {values} from {table}",
            target=table_name(reading.stream.table),
            columns=identifiers(staged.columns),
            values=values,
            table=staged.table,
        ),
        [load.load_id, load.file, load.account, load.loaded_at, *parameters],
    )
