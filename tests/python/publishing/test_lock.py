"""The refresh lock: one refresh at a time, and no dead one in the way."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from orchestration.errors import UsageError, WarehouseHeldError
from orchestration.publishing.lock import current_holder, hold_warehouse
from orchestration.warehouse import Warehouse

HOLDER = """
import subprocess, sys
from pathlib import Path
from orchestration.publishing.lock import hold_warehouse
from orchestration.warehouse import Warehouse
with hold_warehouse(Warehouse(Path(sys.argv[1])), run_id="other"):
    child = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=sys.stdin)
    print(child.pid, flush=True)
    child.wait()
"""


@contextmanager
def another_process(warehouse: Warehouse):
    """A process that holds the warehouse and has a child, as a refresh that runs dbt has."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, warehouse.root],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process, int(process.stdout.readline())
    finally:
        process.communicate()


def test_a_second_refresh_is_refused_and_told_who_holds_it(warehouse):
    with another_process(warehouse) as (process, _):
        message = rf"^warehouse is held by run other \(pid {process.pid}\) since 20\d\d-.*\+00:00; wait"
        with (
            pytest.raises(WarehouseHeldError, match=message) as refusal,
            hold_warehouse(warehouse, run_id="mine"),
        ):
            pass
        assert refusal.value.exit_status == 3
        assert current_holder(warehouse).pid == process.pid


def test_the_same_process_is_refused_too(warehouse):
    with (
        hold_warehouse(warehouse, run_id="first"),
        pytest.raises(WarehouseHeldError, match="run first"),
        hold_warehouse(warehouse, run_id="second"),
    ):
        pass


def test_a_killed_holder_is_not_in_the_way_even_while_its_child_lives(warehouse):
    with another_process(warehouse) as (process, child):
        process.send_signal(signal.SIGKILL)
        process.wait()
        os.kill(child, 0)
        assert json.loads(warehouse.lock_file.read_text())["run_id"] == "other"
        assert current_holder(warehouse) is None
        with hold_warehouse(warehouse, run_id="mine"):
            assert current_holder(warehouse).run_id == "mine"


def test_what_a_killed_holder_wrote_is_not_believed_of_who_has_its_number_now(warehouse):
    dead = {"run_id": "dead", "pid": os.getpid(), "host": "here", "since": "2017-04-02T06:00:00+00:00"}
    warehouse.lock_file.write_text(json.dumps(dead))

    assert current_holder(warehouse) is None
    with hold_warehouse(warehouse, run_id="mine"):
        assert current_holder(warehouse).run_id == "mine"


def test_the_lock_is_free_after_a_failure(warehouse):
    with pytest.raises(ZeroDivisionError), hold_warehouse(warehouse, run_id="first"):
        raise ZeroDivisionError

    assert current_holder(warehouse) is None
    with hold_warehouse(warehouse, run_id="second"):
        assert current_holder(warehouse).run_id == "second"


def test_nobody_holds_a_warehouse_that_does_not_exist(tmp_path):
    assert current_holder(Warehouse(tmp_path / "none")) is None


def test_a_lock_that_cannot_be_opened_is_said_in_one_line(tmp_path):
    with (
        pytest.raises(UsageError, match=r"refresh\.lock: cannot open the lock file: No such file"),
        hold_warehouse(Warehouse(tmp_path / "none"), run_id="mine"),
    ):
        pass
