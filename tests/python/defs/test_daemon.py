"""The schedule really fires: Dagster's own daemon launches a run that publishes. Slow: a minute or two."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from dagster import DagsterInstance, DagsterRun, DagsterRunStatus, RunsFilter

from orchestration.dagster_home import prepare_dagster_home
from orchestration.warehouse import PROJECT_ROOT, Warehouse

from ..conftest import clean_environment, run_helpdesk

DAEMON = Path(sys.executable).with_name("dagster-daemon")
# Half a minute on an idle machine; a bound for a busy one, not a measurement.
LONGEST_WAIT_SECONDS = 600.0
TICKETS = 20
BETWEEN_LOOKS_SECONDS = 1.0


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Look again and again until something is so, or the time is over."""
    deadline = time.monotonic() + seconds
    while not (found := is_so()) and time.monotonic() < deadline:
        time.sleep(BETWEEN_LOOKS_SECONDS)
    return found


@contextmanager
def daemon(environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The daemon with its code server and runs, all in one process group that ends with the test."""
    command = [str(DAEMON), "run", "--module-name", "orchestration.definitions"]
    with log.open("wb") as lines:
        process = subprocess.Popen(
            command, cwd=PROJECT_ROOT, env=environment, stdout=lines, stderr=lines, start_new_session=True
        )
        try:
            yield process
        finally:
            for ending in (signal.SIGTERM, signal.SIGKILL):
                if _group_lives(process):
                    os.killpg(process.pid, ending)
                    wait_until(lambda: not _group_lives(process), 15)


def _group_lives(process: subprocess.Popen[bytes]) -> bool:
    process.poll()
    try:
        os.killpg(process.pid, 0)
    except ProcessLookupError:
        return False
    return True


def scheduled_runs(home: Path) -> list[DagsterRun]:
    """Runs that the schedule launched."""
    with DagsterInstance.from_config(str(home)) as instance:
        return list(instance.get_runs(RunsFilter(tags={"dagster/schedule_name": "nightly"})))


def test_the_daemon_runs_the_schedule_and_the_run_publishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The schedule tells the figures as of today: a log that ended long ago would be years of quiet days.
    extracts = tmp_path / "extracts"
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    simulated = run_helpdesk(
        "simulate", "--out", extracts, "--tickets", TICKETS, "--days", 10, "--ends-on", yesterday
    )
    assert simulated.status == 0, simulated.errors
    warehouse = Warehouse(tmp_path / "warehouse")
    config = tmp_path / "helpdesk.toml"
    config.write_text('[refresh]\ncron = "* * * * *"\n')
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    home = prepare_dagster_home(warehouse)
    environment = clean_environment() | {
        "DAGSTER_HOME": str(home),
        "HELPDESK_EXTRACTS": str(extracts),
        "HELPDESK_WAREHOUSE": str(warehouse.root),
        "HELPDESK_CONFIG": str(config),
    }
    log = tmp_path / "daemon.log"
    ended = {DagsterRunStatus.SUCCESS, DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED}

    def has_one_ended() -> bool:
        return any(run.status in ended for run in scheduled_runs(home)) or process.poll() is not None

    # Asked first, so that the history is there before two processes would make it at once.
    assert scheduled_runs(home) == []
    with daemon(environment, log) as process:
        assert wait_until(has_one_ended, LONGEST_WAIT_SECONDS), log.read_text()
        first = next((run for run in scheduled_runs(home) if run.status in ended), None)
        assert first is not None, log.read_text()
        assert first.status == DagsterRunStatus.SUCCESS, log.read_text()
        assert first.job_name == "nightly_refresh"
        with duckdb.connect(str(warehouse.published_file), read_only=True) as connection:
            assert connection.execute("select run_id from meta.publication").fetchall() == [(first.run_id,)]
            tickets = connection.execute("select count(*) from core.fct_tickets").fetchall()
            assert tickets == [(TICKETS,)]
    assert not _group_lives(process)
