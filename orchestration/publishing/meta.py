"""What readers are told of loads, quarantine and checks: never a value out of a record."""

import json

import duckdb

from orchestration.publishing.database import has_table
from orchestration.publishing.record import PublicationRecord, naive_utc


def add_redaction(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a connection ``without_values(text)``: the text up to where it may begin to quote a bad value.

    Args:
        connection: The connection; nothing is written to any file.
    """
    connection.execute("""
        create or replace temp macro without_values(text) as coalesce(
            nullif(rtrim(regexp_replace(text, '[:''"`].*$', '', 's'), ' (,;='), ''),
            'the private file says why'
        )
    """)


def write_meta(connection: duckdb.DuckDBPyConnection, record: PublicationRecord) -> None:
    """Write schema meta of a publication.

    Args:
        connection: Has the build file attached as ``build``, the publication as ``publication``.
        record: What the publication says of itself.
    """
    add_redaction(connection)
    connection.execute("create schema if not exists publication.meta")
    _write_loads(connection)
    _write_quarantine(connection)
    _write_checks(connection, record.run_id)
    connection.execute("""
        create or replace table publication.meta.publication (
            run_id varchar, as_of timestamp, published_at timestamp,
            versions varchar, git_commit varchar, inputs_fingerprint varchar,
            known_at timestamp, engine varchar, code_fingerprint varchar, settings_fingerprint varchar,
            has_local_changes boolean
        )
    """)
    connection.execute(
        "insert into publication.meta.publication values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            record.run_id,
            naive_utc(record.as_of),
            naive_utc(record.published_at),
            json.dumps(record.versions, sort_keys=True),
            record.git_commit,
            record.inputs_fingerprint,
            naive_utc(record.known_at) if record.known_at else None,
            record.engine,
            record.code_fingerprint,
            record.settings_fingerprint,
            record.has_local_changes,
        ],
    )


def _write_loads(connection: duckdb.DuckDBPyConnection) -> None:
    # Without the message: that of a refused load may quote records.
    connection.execute("""
        create or replace table publication.meta.loads (
            load_id varchar, source_system varchar, source_account varchar, stream varchar, file varchar,
            content_hash varchar, status varchar,
            rows_landed bigint, rows_quarantined bigint, loaded_at timestamp
        )
    """)
    if has_table(connection, "meta", "loads", catalog="build"):
        connection.execute("""
            insert into publication.meta.loads
            select load_id, source_system, source_account, stream, file,
                content_hash, status, rows_landed, rows_quarantined, loaded_at
            from build.meta.loads
            order by loaded_at, file, load_id
        """)


def _write_quarantine(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("""
        create or replace table publication.meta.quarantine (
            load_id varchar, source_system varchar, source_account varchar, stream varchar, file varchar,
            line bigint, reason varchar, quarantined_at timestamp
        )
    """)
    if has_table(connection, "meta", "quarantine", catalog="build"):
        connection.execute("""
            insert into publication.meta.quarantine
            select load_id, source_system, source_account, stream, file,
                line, without_values(reason), quarantined_at
            from build.meta.quarantine
            order by quarantined_at, file, line
        """)


def _write_checks(connection: duckdb.DuckDBPyConnection, run_id: str) -> None:
    connection.execute("""
        create or replace table publication.meta.checks (
            run_id varchar, check_name varchar, asset varchar, severity varchar, status varchar,
            observed varchar, checked_at timestamp
        )
    """)
    if has_table(connection, "meta", "checks", catalog="build"):
        # Checks name places, not values; only the exception of one that could not run may quote a value.
        connection.execute(
            """
            insert into publication.meta.checks
            select run_id, check_name, asset, severity, status,
                case when status = 'error' then without_values(observed) else observed end,
                checked_at
            from build.meta.checks
            where run_id = ?
            order by asset, check_name
            """,
            [run_id],
        )
