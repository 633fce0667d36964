"""A warehouse with a build file and a publication as a refresh leaves them, small enough to read."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.publishing.publish import PublicationRecord, prepare_warehouse
from orchestration.warehouse import Warehouse

AS_OF = datetime(2017, 4, 2, 6, 0, tzinfo=UTC)


def record(run_id: str) -> PublicationRecord:
    return PublicationRecord(
        run_id=run_id,
        as_of=AS_OF,
        published_at=datetime(2017, 4, 2, 6, 5, tzinfo=UTC),
        versions={"duckdb": "2.0.0", "dbt": "1.11.16"},
        git_commit="0123456789abcdef0123456789abcdef01234567",
        inputs_fingerprint="f" * 64,
    )


def build(warehouse: Warehouse, generation: int) -> None:
    """Make the publication say ``generation`` in two tables: readers must never see two generations."""
    with duckdb.connect() as connection:
        connection.execute(
            "attach ? as publication (storage_version 'v1.5.0')", [str(warehouse.publication_file)]
        )
        connection.execute("create schema if not exists publication.core")
        connection.execute("create schema if not exists publication.marts")
        connection.execute(
            "create or replace table publication.core.fct_tickets as"
            " select range as ticket_key, cast(? as bigint) as generation from range(3000)",
            [generation],
        )
        connection.execute(
            "create or replace table publication.marts.kpi_values as select cast(? as bigint) as generation",
            [generation],
        )


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = Warehouse(tmp_path / "warehouse")
    prepare_warehouse(warehouse)
    with duckdb.connect(str(warehouse.build_file)) as connection:
        connection.execute("""
            create schema meta;
            create table meta.loads (
                load_id varchar, source_system varchar, source_account varchar, stream varchar, file varchar,
                content_hash varchar, status varchar, rows_landed bigint, rows_quarantined bigint,
                message varchar, loaded_at timestamp
            );
            create table meta.quarantine (
                load_id varchar, source_system varchar, source_account varchar, stream varchar, file varchar,
                line bigint, reason varchar, record varchar, quarantined_at timestamp
            );
            insert into meta.loads values
                ('a1', 'generic', 'main', 'tickets', 'generic/tickets/1.jsonl', 'h1', 'landed', 10, 2, null,
                 '2017-04-02 06:01'),
                ('a2', 'generic', 'main', 'tickets', 'generic/tickets/2.jsonl', 'h2', 'refused', 0, 1,
                 'line 3: requester is ann@example.com', '2017-04-02 06:01');
            insert into meta.quarantine values
                ('a1', 'generic', 'main', 'tickets', 'generic/tickets/1.jsonl', 4,
                 'created_at is not a timestamp: ''ann@example.com''', '{"requester": "Ann"}',
                 '2017-04-02 06:01'),
                ('a1', 'generic', 'main', 'tickets', 'generic/tickets/1.jsonl', 7,
                 'required column ticket_id is missing', '{"requester": "Bob"}', '2017-04-02 06:01'),
                ('a2', 'generic', 'main', 'tickets', 'generic/tickets/2.jsonl', 3,
                 'could not convert "bob@example.com"', '{"requester": "Cat"}', '2017-04-02 06:01'),
                ('a2', 'generic', 'main', 'tickets', 'generic/tickets/2.jsonl', 5,
                 '''dan@example.com'' is not a number', '{"requester": "Dan"}', '2017-04-02 06:01');
        """)
    build(warehouse, generation=1)
    return warehouse
