"""The status, in every situation a person may find a warehouse in."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb
import pytest

from orchestration.errors import HelpdeskError
from orchestration.expectations.advice import advice
from orchestration.expectations.results import CheckResult
from orchestration.forgetting.suppression import DEVICE, PERSON, Account, create_list, remember
from orchestration.publishing.checks import record_checks
from orchestration.publishing.failing_rows import record_failing_rows
from orchestration.publishing.lock import hold_warehouse
from orchestration.publishing.publish import PublicationRecord, publish
from orchestration.publishing.runs import finish_run, start_run
from orchestration.reading.status import print_status, warehouse_status
from orchestration.warehouse import Warehouse

from .conftest import AS_OF

STARTED, FINISHED = datetime(2017, 4, 3, 2, 0), datetime(2017, 4, 3, 2, 21, 40)


@dataclass(frozen=True)
class Result:
    check: str
    asset: str
    severity: str
    status: str
    observed: str


def text_of(warehouse, console) -> str:
    print_status(warehouse_status(warehouse), console)
    return console.file.getvalue()


def quarantine(warehouse, reason, lines, account="main"):
    with duckdb.connect(str(warehouse.build_file)) as connection:
        connection.execute(
            "insert into meta.quarantine select 'a', 'generic', ?, 'tickets', 'generic/tickets/1.jsonl',"
            " unnest(?), ?, '{}', '2017-04-03'",
            [account, lines, reason],
        )


def test_no_warehouse(tmp_path, console):
    warehouse = Warehouse(tmp_path / "none")

    assert text_of(warehouse, console).splitlines() == [
        f"Published     nothing: there is no folder {warehouse.root}; see --warehouse, or refresh first",
        "Last run      none yet",
        "Quarantine    empty",
        "Checks        none failing",
    ]
    assert not warehouse.root.exists()


def test_a_publication(scorecard, console):
    start_run(scorecard, "run-1", started_at=STARTED)
    finish_run(scorecard, "run-1", status="published", message=None, finished_at=FINISHED)

    assert text_of(scorecard, console).splitlines() == [
        f"Published     {scorecard.published_file}",
        "  as of       2017-04-02 06:00 UTC",
        "  published   2017-04-02 06:00 UTC by run run-1",
        "  code        commit c0ffeec0ffee",
        "  tickets     1,234",
        "Last run      run-1: published",
        "  started     2017-04-03 02:00 UTC",
        "  finished    2017-04-03 02:21 UTC, after 1,300 s",
        "Quarantine    empty",
        "Checks        none failing",
    ]


def test_a_publication_says_what_was_known_and_whether_its_code_is_that_of_the_commit(scorecard, console):
    with duckdb.connect(str(scorecard.build_file)) as connection:
        connection.execute(
            "create table meta.loads as select 'a' || range as load_id, 'generic' as source_system,"
            " 'main' as source_account, 'tickets' as stream, 'f' as file, 'h' as content_hash,"
            " if(range = 0, 'duplicate', 'landed') as status, 1 as rows_landed, 0 as rows_quarantined,"
            " timestamp '2017-04-02' as loaded_at from range(1235)"
        )
    known_at = AS_OF + timedelta(hours=1)
    record = PublicationRecord(
        "run-2", AS_OF, AS_OF, {}, "c0ffee" * 6, "f" * 64, known_at=known_at, has_local_changes=True
    )
    publish(scorecard, record)

    lines = text_of(scorecard, console).splitlines()
    assert "  known at    2017-04-02 07:00 UTC, from 1,234 extract files" in lines
    assert "  code        commit c0ffeec0ffee, with local changes" in lines
    assert (
        "  earlier     2017-04-02 06:00 UTC by run run-1, as of 2017-04-02 06:00 UTC, 0 extract files"
        in lines
    )


@pytest.mark.parametrize("status", ["nothing new", "refused", "failed"])
def test_a_run_that_published_nothing_says_why(scorecard, console, status):
    start_run(scorecard, "run-2", started_at=STARTED)
    finish_run(scorecard, "run-2", status=status, message="[line 4] is bad\nfix it", finished_at=FINISHED)

    text = text_of(scorecard, console)
    assert f"Last run      run-2: {status}\n" in text
    assert "  [line 4] is bad\n  fix it\n" in text
    assert "published   2017-04-02 06:00 UTC by run run-1" in text


def test_a_run_that_was_killed(warehouse, console):
    start_run(warehouse, "run-1", started_at=STARTED)

    text = text_of(warehouse, console)
    assert "Published     nothing yet" in text
    assert "Last run      run-1: interrupted (its process was ended before the run was)" in text


def test_a_running_refresh_is_not_disturbed(scorecard, console):
    start_run(scorecard, "run-2", started_at=STARTED)
    quarantine(scorecard, "required column ticket_id is missing", [9])
    with hold_warehouse(scorecard, run_id="run-2"), duckdb.connect(str(scorecard.build_file)):
        text = text_of(scorecard, console)

    assert "Refresh       a refresh is running: run run-2 (pid " in text
    assert ") since 20" in text
    assert "  what follows is from the published file\n" in text
    assert "Quarantine    empty" in text
    assert "tickets     1,234" in text


def test_a_first_refresh_says_nothing_of_a_published_file(warehouse, console):
    with hold_warehouse(warehouse, run_id="run-1"):
        text = text_of(warehouse, console)

    assert "Refresh       a refresh is running: run run-1 (pid " in text
    assert "Published     nothing yet" in text
    assert "what follows" not in text


def test_who_may_read_only_what_is_published_is_told_that(scorecard, console, monkeypatch):
    quarantine(scorecard, "required column ticket_id is missing", [9])
    # Permission bits do not stop root.
    monkeypatch.setattr(
        "orchestration.reading.look.os.access", lambda folder, _: folder != scorecard.private_dir
    )
    text = text_of(scorecard, console)

    assert f"Last run      unknown: {scorecard.private_dir} is for the user who refreshes alone\n" in text
    assert "  what follows is from the published file\n" in text
    assert "Quarantine    empty" in text
    assert "tickets     1,234" in text


def test_a_build_file_somebody_else_has_open(scorecard, console):
    writer = (
        "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", writer, scorecard.build_file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "open\n"
        text = text_of(scorecard, console)
    finally:
        process.communicate()

    assert "Last run      unknown: " in text
    assert "build.duckdb: another process has this file open" in text
    assert "tickets     1,234" in text


def test_quarantine_is_told_by_stream_and_reason_with_places(warehouse, console):
    quarantine(warehouse, "created_at is not a timestamp: 'x'", [11, 2])
    quarantine(warehouse, "created_at is not a timestamp: 'ann@example.com'", [3, 4])
    quarantine(warehouse, "required column ticket_id is missing", [None], account="riga")

    text = text_of(warehouse, console)
    assert text.splitlines()[2:-1] == [
        "Quarantine    5 records",
        "          4 generic/tickets: created_at is not a timestamp",
        "            generic/tickets/1.jsonl:2, generic/tickets/1.jsonl:3, generic/tickets/1.jsonl:4, …",
        "          1 generic@riga/tickets: required column ticket_id is missing",
        "            generic/tickets/1.jsonl",
    ]


def test_a_long_quarantine_is_cut_and_says_so(warehouse, console):
    for number in range(12):
        quarantine(warehouse, f"required column c{number:02} is missing", [1])

    text = text_of(warehouse, console)
    assert "Quarantine    12 records" in text
    assert "c09 is missing" in text
    assert "c10 is missing" not in text
    assert "  and 2 more reasons: see meta.quarantine" in text


def test_failing_checks_of_the_newest_run_are_told(warehouse, console):
    old = Result("volume", "raw_generic.tickets", "warning", "failed", "old news")
    record_checks(warehouse, "run-1", [old], checked_at=STARTED)
    results = [
        Result("volume", "raw_generic.tickets", "warning", "failed", "10 rows where 900 were usual"),
        Result("keys", "raw_generic.tickets", "error", "error", "table is missing"),
        Result("rates", "marts.kpi_values", "error", "failed", "3 of 9 rows above 1"),
        Result("fresh", "raw_generic.tickets", "warning", "passed", "1 day"),
    ]
    record_checks(warehouse, "run-2", results, checked_at=FINISHED)

    text = text_of(warehouse, console)
    deliver_again = "mend these records at the source and deliver them again under the same file name"
    assert text.splitlines()[-7:] == [
        "Checks        3 not passed",
        "  error: marts.kpi_values rates: 3 of 9 rows above 1",
        f"    do: {advice('marts.kpi_values', 'rates')}",
        "  could not run: raw_generic.tickets keys: table is missing",
        f"    do: {deliver_again}",
        "  warning: raw_generic.tickets volume: 10 rows where 900 were usual",
        f"    do: {deliver_again}",
    ]


def test_rows_that_break_checks_are_shown_to_who_asks_and_forgotten_by_the_next_run(warehouse, console):
    start_run(warehouse, "run-1", started_at=STARTED)
    failed = CheckResult("keys", "raw_generic.tickets", "error", "failed", "1 row", "", ('{"name":"[Ann]"}',))
    record_checks(warehouse, "run-1", [failed], checked_at=STARTED)
    assert record_failing_rows(warehouse, "run-1", [failed]) == 1

    text = text_of(warehouse, console)
    assert text.splitlines()[-1] == "  rows that break them: helpdesk status --rows"
    assert "Ann" not in text
    print_status(warehouse_status(warehouse), console, with_rows=True)
    assert console.file.getvalue().splitlines()[-2:] == [
        "  raw_generic.tickets keys",
        '    {"name":"[Ann]"}',
    ]
    start_run(warehouse, "run-2", started_at=FINISHED)
    print_status(warehouse_status(warehouse), console, with_rows=True)
    assert console.file.getvalue().splitlines()[-1] == "Rows          none kept"


def test_the_last_failure_is_told_after_runs_that_went_well(warehouse, console):
    for run_id, status in (("run-1", "failed"), ("run-2", "refused"), ("run-3", "nothing new")):
        start_run(warehouse, run_id, started_at=STARTED + timedelta(hours=int(run_id[-1])))
        finish_run(warehouse, run_id, status=status, message=f"why {run_id}", finished_at=FINISHED)

    text = text_of(warehouse, console)
    assert "Last failure  run-2: refused, started 2017-04-03 04:00 UTC\n  why run-2\n" in text
    assert "run-1" not in text


def test_problems_are_read_from_the_published_file_without_the_private_one(scorecard, console):
    failing = Result("volume", "raw_generic.tickets", "warning", "failed", "10 rows")
    record_checks(scorecard, "run-2", [failing], checked_at=FINISHED)
    quarantine(scorecard, "required column ticket_id is missing", [9])
    publish(scorecard, PublicationRecord("run-2", AS_OF, AS_OF, {}, None, "f" * 64))
    scorecard.build_file.unlink()

    text = text_of(scorecard, console)
    assert "code        no git commit" in text
    assert "1 generic/tickets: required column ticket_id is missing" in text
    assert "warning: raw_generic.tickets volume: 10 rows" in text


def test_a_published_file_that_is_no_database_is_an_error_of_one_line(warehouse):
    warehouse.published_file.write_text("not a database")

    with pytest.raises(
        HelpdeskError, match=r"^\S*helpdesk\.duckdb: cannot be opened: .*valid DuckDB"
    ) as error:
        warehouse_status(warehouse)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("erased_at", "told"),
    [
        ("2017-04-03 09:00", ["Forgotten     2 people, last at 2017-04-03 09:00 UTC"]),
        (
            None,
            [
                "Forgotten     2 people, last at 2017-04-03 09:00 UTC",
                "  not ended: helpdesk forget, without a customer, ends it",
            ],
        ),
    ],
)
def test_who_is_forgotten_is_counted_and_not_named(warehouse, console, erased_at, told):
    with duckdb.connect(str(warehouse.build_file)) as connection:
        create_list(connection)
        account = Account("generic", "main")
        remember(connection, account, PERSON, ["cust-4711", "cust-4712"], datetime(2017, 4, 3, 9, 0))
        remember(connection, account, DEVICE, ["browser-1"], datetime(2017, 4, 4, 9, 0))
        connection.execute("update meta.forgotten set erased_at = cast(? as timestamp)", [erased_at])

    lines = text_of(warehouse, console).splitlines()

    assert [line for line in lines if line.startswith(("Forgotten", "  not ended"))] == told
    assert "cust-47" not in "".join(lines)
