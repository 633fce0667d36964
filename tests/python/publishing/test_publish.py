"""Publishing: readers see the old file or the new one, and nothing private."""

import json
import os
import resource
import stat
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import HelpdeskError, RefusedError, WarehouseHeldError, is_out_of_room
from orchestration.publishing.checks import record_checks
from orchestration.publishing.publish import prepare_warehouse, publish, read_publication
from orchestration.warehouse import Warehouse

from .conftest import AS_OF, build, record

OPEN_READER = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
for _ in sys.stdin:
    print(connection.execute("select generation from marts.kpi_values").fetchone()[0], flush=True)
"""

WRITER = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""

REOPENING_READER = """
import duckdb, sys
seen = set()
while sys.argv[2] not in seen:
    with duckdb.connect(sys.argv[1], read_only=True) as connection:
        facts = connection.execute(
            "select min(generation), max(generation), count(*) from core.fct_tickets"
        ).fetchone()
        figure = connection.execute("select generation from marts.kpi_values").fetchone()[0]
        run = connection.execute("select run_id from meta.publication").fetchone()[0]
    assert facts == (figure, figure, 3000) and run == f"run-{figure}", (facts, figure, run)
    if not seen:
        print("reading", flush=True)
    seen.add(str(figure))
print(len(seen), flush=True)
"""


@dataclass(frozen=True)
class Result:
    check: str
    asset: str
    severity: str
    status: str
    observed: str


def published(warehouse: Warehouse, query: str) -> list[tuple]:
    with duckdb.connect(str(warehouse.published_file), read_only=True) as connection:
        return connection.execute(query).fetchall()


def files_of(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()}


def test_the_record_reads_back_as_it_was_published(warehouse):
    publish(warehouse, record("run-1"))

    assert read_publication(warehouse) == record("run-1")
    assert published(warehouse, "select as_of, versions from meta.publication") == [
        (AS_OF.replace(tzinfo=None), json.dumps({"dbt": "1.11.16", "duckdb": "2.0.0"}))
    ]


def test_the_record_says_what_was_known_and_what_made_it(warehouse):
    full = replace(
        record("run-1"),
        known_at=AS_OF + timedelta(hours=2),
        engine="duckdb",
        code_fingerprint="c" * 64,
        settings_fingerprint="e" * 64,
        has_local_changes=False,
    )
    publish(warehouse, full)

    assert read_publication(warehouse) == full


def test_a_publication_of_an_earlier_release_says_less(warehouse):
    publish(warehouse, record("run-1"))
    older = "run_id, as_of, published_at, versions, git_commit, inputs_fingerprint"
    with duckdb.connect(str(warehouse.published_file)) as connection:
        connection.execute(
            f"create or replace table meta.publication as select {older} from meta.publication"
        )

    assert read_publication(warehouse) == record("run-1")


def test_nothing_is_read_where_nothing_is_published(warehouse):
    assert read_publication(warehouse) is None


def test_no_log_and_no_leftover_remain(warehouse):
    publish(warehouse, record("run-1"))

    assert files_of(warehouse.root) == {"helpdesk.duckdb"}
    assert files_of(warehouse.private_dir) == {"build.duckdb", "publication.duckdb"}


def test_the_published_file_is_readable_by_older_clients_and_by_others(warehouse):
    before = os.umask(0o022)
    try:
        publish(warehouse, record("run-1"))
    finally:
        os.umask(before)

    tags = published(warehouse, "select tags from duckdb_databases() where database_name = 'helpdesk'")[0][0]
    assert tags["storage_version"].startswith("v1.5")
    assert stat.S_IMODE(warehouse.published_file.stat().st_mode) == 0o644
    assert stat.S_IMODE(warehouse.private_dir.stat().st_mode) == 0o700


def test_quarantine_is_published_without_records_and_without_quoted_values(warehouse):
    publish(warehouse, record("run-1"))

    assert published(warehouse, "select file, line, reason from meta.quarantine order by file, line") == [
        ("generic/tickets/1.jsonl", 4, "created_at is not a timestamp"),
        ("generic/tickets/1.jsonl", 7, "required column ticket_id is missing"),
        ("generic/tickets/2.jsonl", 3, "could not convert"),
        ("generic/tickets/2.jsonl", 5, "the private file says why"),
    ]
    assert b"example.com" not in warehouse.published_file.read_bytes()
    assert b"requester" not in warehouse.published_file.read_bytes()


def test_loads_are_published_with_their_counts(warehouse):
    publish(warehouse, record("run-1"))

    assert published(warehouse, "select load_id, status, rows_landed, rows_quarantined from meta.loads") == [
        ("a1", "landed", 10, 2),
        ("a2", "refused", 0, 1),
    ]


def test_checks_of_this_run_are_published_without_what_an_exception_quotes(warehouse):
    checked_at = datetime(2017, 4, 2, 6, 3, tzinfo=UTC)
    first = Result("freshness", "raw_generic.tickets", "warning", "passed", "2 days")
    again = Result("freshness", "raw_generic.tickets", "warning", "error", "could not run: 'ann@example.com'")
    figures = Result("rates_within_0_and_1", "marts.kpi_values", "error", "passed", "1 row: all within")
    record_checks(warehouse, "run-0", [first], checked_at=checked_at)
    record_checks(warehouse, "run-1", [first], checked_at=checked_at)
    record_checks(warehouse, "run-1", [again, figures], checked_at=checked_at)

    publish(warehouse, record("run-1"))

    assert published(warehouse, "select check_name, asset, severity, status, observed from meta.checks") == [
        ("rates_within_0_and_1", "marts.kpi_values", "error", "passed", "1 row: all within"),
        ("freshness", "raw_generic.tickets", "warning", "error", "could not run"),
    ]


def test_an_open_reader_keeps_the_old_file_and_a_new_one_sees_the_new(warehouse):
    publish(warehouse, record("run-1"))
    reader = subprocess.Popen(
        [sys.executable, "-c", OPEN_READER, warehouse.published_file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask() -> str:
        reader.stdin.write("?\n")
        reader.stdin.flush()
        return reader.stdout.readline().strip()

    try:
        assert ask() == "1"
        build(warehouse, generation=2)
        publish(warehouse, record("run-2"))
        assert ask() == "1"
        assert published(warehouse, "select generation from marts.kpi_values") == [(2,)]
    finally:
        reader.communicate()
    assert reader.returncode == 0


def test_a_reader_that_keeps_reopening_never_sees_a_half_publication(warehouse):
    publish(warehouse, record("run-1"))
    reader = subprocess.Popen(
        [sys.executable, "-c", REOPENING_READER, warehouse.published_file, "21"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert reader.stdout.readline() == "reading\n"
    for generation in range(2, 22):
        build(warehouse, generation)
        publish(warehouse, record(f"run-{generation}"))
    seen, errors = reader.communicate()

    assert (reader.returncode, errors) == (0, "")
    assert int(seen) >= 2


@pytest.mark.parametrize("step", ["shutil.copyfile", "os.fsync", "pathlib.Path.replace"])
def test_an_interrupted_publication_leaves_the_old_file(warehouse, monkeypatch, step):
    publish(warehouse, record("run-1"))
    old = warehouse.published_file.read_bytes()
    build(warehouse, generation=2)

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(step, full_disk)
        with pytest.raises(HelpdeskError, match=r"No space left on device; the earlier publication still"):
            publish(warehouse, record("run-2"))

    assert warehouse.published_file.read_bytes() == old
    prepare_warehouse(warehouse)
    assert files_of(warehouse.root) == {"helpdesk.duckdb"}
    publish(warehouse, record("run-2"))
    assert read_publication(warehouse).run_id == "run-2"


def test_a_quota_leaves_the_old_file(warehouse):
    publish(warehouse, record("run-1"))
    old = warehouse.published_file.read_bytes()
    build(warehouse, generation=2)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (warehouse.publication_file.stat().st_size // 2, limits[1]))
    try:
        with pytest.raises(Exception, match="File too large") as error:
            publish(warehouse, record("run-2"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert is_out_of_room(error.value)
    assert warehouse.published_file.read_bytes() == old
    publish(warehouse, record("run-2"))
    assert read_publication(warehouse).run_id == "run-2"
    assert files_of(warehouse.root) == {"helpdesk.duckdb"}


def test_a_log_beside_the_published_file_does_not_reach_the_new_one(warehouse):
    publish(warehouse, record("run-1"))
    writer = (
        "import duckdb, os, sys; connection = duckdb.connect(sys.argv[1]);"
        "connection.execute('delete from core.fct_tickets'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", writer, warehouse.published_file], check=True)
    assert "helpdesk.duckdb.wal" in files_of(warehouse.root)

    publish(warehouse, record("run-2"))

    assert files_of(warehouse.root) == {"helpdesk.duckdb"}
    assert published(warehouse, "select count(*) from core.fct_tickets") == [(3000,)]


@pytest.mark.parametrize(
    ("statement", "stray"),
    [
        (
            "create schema raw_generic; create table raw_generic.tickets (a int)",
            r"raw_generic.tickets \(base",
        ),
        ("create view marts.latest as select * from marts.kpi_values", r"marts.latest \(view"),
    ],
)
def test_raw_data_and_views_are_refused(warehouse, statement, stray):
    with duckdb.connect(str(warehouse.publication_file)) as connection:
        connection.execute(statement)

    with pytest.raises(RefusedError, match=stray):
        publish(warehouse, record("run-1"))

    assert not warehouse.published_file.exists()


def test_a_missing_build_is_said_in_one_line(warehouse):
    warehouse.publication_file.unlink()

    with pytest.raises(HelpdeskError, match=r"publication\.duckdb: is missing: nothing was built"):
        publish(warehouse, record("run-1"))


def test_a_process_that_has_a_private_file_open_is_named_as_the_reason(warehouse):
    holder = subprocess.Popen(
        [sys.executable, "-c", WRITER, warehouse.build_file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(WarehouseHeldError, match=r"build\.duckdb: another process has this file open"):
            publish(warehouse, record("run-1"))
    finally:
        holder.communicate()


def test_a_file_that_is_no_publication_is_told_apart(warehouse):
    duckdb.connect(str(warehouse.published_file)).close()
    with pytest.raises(HelpdeskError, match="is no publication"):
        read_publication(warehouse)

    warehouse.published_file.write_text("not a database")
    with pytest.raises(HelpdeskError, match="cannot be opened"):
        read_publication(warehouse)
