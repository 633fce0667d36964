"""What a refresh publishes, and when it publishes nothing."""

import shutil
import signal
import subprocess
import time

from orchestration.publishing.database import open_database
from orchestration.publishing.runs import last_run
from orchestration.warehouse import PROJECT_ROOT

from ..conftest import (
    AS_OF,
    HELPDESK,
    SIMULATED_TICKETS,
    Helpdesk,
    Outcome,
    clean_environment,
)


def publication(helpdesk: Helpdesk) -> tuple[str, str]:
    """Run and as-of of what is published."""
    ((run_id, as_of),) = helpdesk.rows("select run_id, cast(as_of as varchar) from meta.publication")
    return run_id, as_of


def test_the_first_refresh_publishes(first_refresh: tuple[Helpdesk, Outcome]) -> None:
    helpdesk, outcome = first_refresh
    assert outcome.status == 0
    assert outcome.errors == ""
    assert f"publishing {helpdesk.warehouse.published_file}" in outcome.output
    assert publication(helpdesk)[1] == "2017-02-19 00:00:00"
    # The simulation delivers some tickets twice.
    assert helpdesk.rows("select count(*), count(distinct ticket_key) from core.fct_tickets") == [
        (SIMULATED_TICKETS, SIMULATED_TICKETS)
    ]
    assert helpdesk.rows("select count(*) > 1000 from marts.kpi_values where value is not null") == [(True,)]
    assert sorted(path.name for path in helpdesk.root.iterdir()) == ["helpdesk.duckdb", "private", "report"]


def test_a_refresh_without_new_files_leaves_the_publication_alone(desk: Helpdesk) -> None:
    before = desk.warehouse.published_file.stat()
    # As a kill between two renames leaves it.
    shutil.rmtree(desk.warehouse.report_dir)
    outcome = desk.refresh()
    after = desk.warehouse.published_file.stat()
    assert (outcome.status, outcome.errors) == (0, "")
    assert "nothing new to publish" in outcome.output
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (desk.warehouse.report_dir / "index.html").exists()


def test_a_full_rebuild_equals_what_was_there(published: Helpdesk, desk: Helpdesk) -> None:
    outcome = desk.refresh("--full", "--compare")
    assert (outcome.status, outcome.errors) == (0, "")
    assert "a full rebuild gives what is published" in outcome.output
    assert desk.published_bytes() == published.published_bytes()


def test_an_interrupted_refresh_is_one_line_and_leaves_no_dbt_behind(desk: Helpdesk) -> None:
    before = desk.published_bytes()
    folders = ("--extracts", desk.extracts, "--warehouse", desk.root)
    process = subprocess.Popen(
        [HELPDESK, "refresh", *folders, "--full", "--as-of", AS_OF],
        env=clean_environment(),
        cwd=PROJECT_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    # dbt works for seconds after this line; Ctrl-C at a terminal reaches both, a signal only the command.
    while "building models" not in process.stdout.readline():
        assert process.poll() is None
    log = desk.warehouse.private_dir / "dbt" / "dbt.log"
    while not log.exists() and process.poll() is None:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert process.returncode == 130
    assert errors == "helpdesk: interrupted; what is published still stands\n"
    assert desk.published_bytes() == before
    # A dbt that lived on would hold the build file.
    with open_database(desk.warehouse.build_file, read_only=False) as connection:
        run = last_run(connection)
    assert run is not None
    assert (run.status, run.message) == ("failed", "interrupted")
