"""A disk that is full, or that failed, is told in one line whichever step of a refresh met it."""

import errno
import os
import resource
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

import orchestration.disk
from orchestration.disk import disk_trouble_told
from orchestration.errors import HelpdeskError, RefusedError, UsageError, WarehouseHeldError
from orchestration.warehouse import PROJECT_ROOT, Warehouse
from tests.python.conftest import HELPDESK, clean_environment

_BLOCK = 4096
_SMALL_FILE = 48 * 1024
_FULL = OSError(28, "No space left on device")


def told(folder: Path, error: Exception) -> str:
    """What a person is told of an error of a refresh."""
    with pytest.raises(Exception) as raised, disk_trouble_told(Warehouse(folder)):
        raise error
    assert raised.value is error or type(raised.value) is HelpdeskError
    return str(raised.value)


@pytest.fixture
def disk(monkeypatch):
    """The disk of every folder: blocks that are free."""
    state = SimpleNamespace(f_bavail=10**6, f_frsize=_BLOCK)
    monkeypatch.setattr(os, "statvfs", lambda _: state)
    return state


def test_many_lines_of_a_full_disk_are_one(tmp_path, disk):
    lines = "\n".join(
        f"fct_{number}: IO Error: No space left on device; see dbt.log" for number in range(300)
    )

    assert told(tmp_path, HelpdeskError(lines)) == (
        "no room left on the disk (fct_0: IO Error: No space left on device; see dbt.log);"
        " free some and run it again"
    )


@pytest.mark.parametrize("error", [UsageError("cannot be written"), RefusedError("a check could not run")])
def test_a_full_disk_behind_a_refusal_is_told(tmp_path, disk, error):
    error.__cause__ = _FULL

    assert told(tmp_path, error).startswith("no room left on the disk (")


def test_a_full_disk_that_nobody_spoke_of_is_told(tmp_path, disk):
    disk.f_bavail = 3

    assert told(tmp_path, HelpdeskError("dbt: ended with status 1")) == (
        "no room left on the disk (dbt: ended with status 1); free some and run it again"
    )


@pytest.mark.parametrize("reason", [errno.EROFS, errno.EIO])
def test_a_disk_that_became_read_only_is_told(tmp_path, disk, monkeypatch, reason):
    """Linux may leave the mount's own flag as it was."""

    def refused(**_) -> None:
        raise OSError(reason, os.strerror(reason))

    monkeypatch.setattr(orchestration.disk, "TemporaryFile", refused)

    said = told(tmp_path, RuntimeError("disk I/O error"))
    assert said.startswith(f"{tmp_path}: can be read only since this began (disk I/O error); what is")


def test_a_disk_that_is_gone_is_told(tmp_path):
    assert told(tmp_path / "gone", RuntimeError("x")) == (
        f"{tmp_path / 'gone'}: cannot be read any more: No such file or directory; look at the disk"
    )


@pytest.mark.parametrize(
    "error",
    [
        RefusedError("kpi_values: 3 rows; look at them"),
        UsageError("no such folder"),
        WarehouseHeldError("warehouse is held"),
    ],
)
def test_what_has_nothing_to_do_with_the_disk_goes_on_as_it_came(tmp_path, disk, error):
    disk.f_bavail = 3

    assert told(tmp_path, error) == str(error)


def test_a_failure_on_a_good_disk_goes_on_as_it_came(tmp_path, disk):
    assert told(tmp_path, ValueError("a bug")) == "a bug"


def test_a_refresh_under_a_quota_ends_with_one_line(simulated, tmp_path):
    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_SMALL_FILE, _SMALL_FILE))

    done = subprocess.run(
        [HELPDESK, "refresh", "--extracts", simulated, "--warehouse", tmp_path / "warehouse"],
        env=clean_environment(),
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=small_files_only,
    )

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("helpdesk: no room left on the disk (")
    assert not (tmp_path / "warehouse" / "helpdesk.duckdb").exists()
