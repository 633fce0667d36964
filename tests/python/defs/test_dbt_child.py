"""A dbt whose refresh was killed ends with it, whatever it is doing; it would hold the build file."""

import os
import select
import signal
import subprocess
import sys
from contextlib import suppress

import pytest

_PATIENCE_SECONDS = 30

# Stands for dbt in the middle of a long model.
_LONG_DBT = """
import sys, threading
import dbt.cli.main
from orchestration import dbt_child
def cli(obj):
    sys.stdout.write("building\\n")
    sys.stdout.flush()
    threading.Event().wait()
dbt.cli.main.cli = cli
dbt_child.main()
"""
# Its refresh.
_REFRESH = """
import subprocess, sys
subprocess.run([sys.executable, "-c", sys.argv[1]])
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_dbt_ends_with_the_refresh_that_started_it(how: signal.Signals) -> None:
    reading, writing = os.pipe()
    command = [sys.executable, "-c", _REFRESH, _LONG_DBT]
    refresh = subprocess.Popen(command, stdout=writing, start_new_session=True)
    os.close(writing)
    try:
        assert os.read(reading, 100) == b"building\n"
        refresh.send_signal(how)
        assert refresh.wait() == -how
        # The end of the output: nobody is left who could write to it.
        ended, _, _ = select.select([reading], [], [], _PATIENCE_SECONDS)
        assert ended and os.read(reading, 100) == b""
    finally:
        os.close(reading)
        with suppress(ProcessLookupError):
            os.killpg(refresh.pid, signal.SIGKILL)


def test_dbt_is_dbt(tmp_path) -> None:
    told = subprocess.run(
        [sys.executable, "-c", "from orchestration.dbt_child import main; main()", "parse", "--help"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )

    assert told.returncode == 0
    assert "--project-dir" in told.stdout
