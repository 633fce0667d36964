"""``helpdesk serve`` ends when it is told to, with its server, and says so when the server ends by itself."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from orchestration import dbt
from orchestration.errors import HelpdeskError, UsageError
from orchestration.serve import run_until_ended, serve_dagster
from orchestration.warehouse import Warehouse

LONGEST_WAIT_SECONDS = 60
SERVER = """
import pathlib, signal, sys, time
def end(*_):
    pathlib.Path(sys.argv[1]).write_text("ended in good order")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
pathlib.Path(sys.argv[1]).write_text("started")
time.sleep(600)
"""
SERVE = """
import os, sys
from orchestration.serve import run_until_ended
run_until_ended([sys.executable, "-c", sys.argv[1], sys.argv[2]], dict(os.environ))
"""


@pytest.mark.parametrize("status", [0, 1])
def test_a_server_that_ends_by_itself_is_a_failure(status: int) -> None:
    # Dagster's own exit status is 0 when its daemon has died: a service manager would not start it again.
    with pytest.raises(HelpdeskError, match=rf"^Dagster ended by itself with status {status}; see its lines"):
        run_until_ended([sys.executable, "-c", f"raise SystemExit({status})"], dict(os.environ))


def test_whoever_ends_the_command_ends_the_server(tmp_path: Path) -> None:
    note = tmp_path / "note"
    process = subprocess.Popen([sys.executable, "-c", SERVE, SERVER, str(note)], start_new_session=True)
    try:
        deadline = time.monotonic() + LONGEST_WAIT_SECONDS
        while not (note.exists() and note.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert note.read_text() == "started"
        process.send_signal(signal.SIGTERM)
        assert process.wait(LONGEST_WAIT_SECONDS) == 0
        assert note.read_text() == "ended in good order"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def test_it_listens_where_it_is_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = []
    monkeypatch.setattr("orchestration.serve.dbt_project", lambda: None)
    monkeypatch.setattr("orchestration.serve.run_until_ended", lambda command, _: commands.append(command))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    warehouse = Warehouse(tmp_path / "warehouse")
    serve_dagster(extracts=tmp_path, warehouse=warehouse, config=None, host="127.0.0.1", port=3001)
    ((*_, host_option, host, port_option, port),) = commands
    assert (host_option, host, port_option, port) == ("--host", "127.0.0.1", "--port", "3001")


def test_it_does_not_serve_without_its_jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Dagster's daemon stays alive when the jobs cannot be loaded: no night is refreshed, nobody told.
    dbt.dbt_project.cache_clear()
    monkeypatch.setattr("orchestration.dbt.is_parsed", lambda _: False)
    monkeypatch.setattr("orchestration.dbt.os.access", lambda *_: False)
    monkeypatch.setattr("orchestration.serve.run_until_ended", lambda *_: pytest.fail("it serves"))
    warehouse = Warehouse(tmp_path / "warehouse")
    with pytest.raises(UsageError, match=r"let its owner run: make -C .* ready$"):
        serve_dagster(extracts=tmp_path, warehouse=warehouse, config=None, host="127.0.0.1", port=3001)
    assert list(tmp_path.iterdir()) == []


def test_a_project_that_has_to_be_parsed_and_may_not_be_written_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Permission bits do not stop root, a read-only file system does.
    monkeypatch.setattr("orchestration.dbt.os.access", lambda *_: False)
    with pytest.raises(UsageError, match=r"this user may not; let its owner run: make -C .* ready$"):
        dbt._parse(tmp_path)
    assert list(tmp_path.iterdir()) == []
