"""A write that does not come to its end leaves no landing; the next one does the work."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import HelpdeskError
from orchestration.lake.lake import Lake
from orchestration.lake.verify import verify_landings

from ..conftest import clean_environment
from ..landing.conftest import Landed
from .conftest import TABLES, Shipping

FIRST = "landing=20260301T020000Z"
# Writes the first file, says so in the middle of the second, and then waits to be killed.
SHIPPER = """
import shutil, sys
from pathlib import Path
from orchestration.lake.lake import Lake
from orchestration.lake.ship import ship_landings
from orchestration.publishing.database import open_database

real, copied = shutil.copyfileobj, []

def copy(source, sink, length):
    if copied:
        sink.write(source.read(16))
        sink.flush()
        print("half", flush=True)
        sys.stdin.read()
    copied.append(1)
    real(source, sink, length)

shutil.copyfileobj = copy
build, lake, scratch = sys.argv[1:]
with open_database(Path(build), read_only=False) as connection:
    ship_landings(connection, Lake.open(lake), scratch=Path(scratch), report=print)
"""


def fail_after(monkeypatch: pytest.MonkeyPatch, files: int) -> None:
    """Let the disk be full when so many files are copied."""
    copied = []

    def copy(source, sink, length):
        sink.write(source.read(16))
        if len(copied) == files:
            raise OSError(28, "No space left on device")
        copied.append(shutil.copyfileobj)
        source.seek(16)
        sink.write(source.read())

    monkeypatch.setattr("orchestration.lake.lake.shutil.copyfileobj", copy)


@pytest.mark.parametrize("files", [0, 1, 3])
def test_a_full_disk_is_one_line_and_no_landing(
    shipping: Shipping, monkeypatch: pytest.MonkeyPatch, files: int
) -> None:
    shipping.land_first()
    with monkeypatch.context() as patch, pytest.raises(HelpdeskError) as told:
        fail_after(patch, files)
        shipping.ship()
    assert str(told.value) == f"{shipping.lake.uri}/{FIRST}: cannot be written: No space left on device"
    assert shipping.lake.landings() == set()
    assert not (shipping.folder / FIRST).exists()
    assert not shipping.scratch.exists()
    assert shipping.ship() == [FIRST]
    assert [path.name for path in shipping.folder.iterdir()] == [FIRST]
    for table in TABLES:
        shipping.assert_same(table)


def test_earlier_landings_stay_when_a_later_one_cannot_be_written(
    shipping: Shipping, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipping.land_first()
    shipping.land_second()
    with (
        monkeypatch.context() as patch,
        pytest.raises(HelpdeskError, match="landing=20260301T020001Z: cannot"),
    ):
        fail_after(patch, 5)
        shipping.ship()
    assert shipping.lake.landings() == {FIRST}
    assert shipping.ship() == ["landing=20260301T020001Z"]
    verify_landings(shipping.landed.connection, shipping.lake)


def test_a_process_that_is_killed_leaves_no_landing(tmp_path: Path) -> None:
    extracts, build, folder = tmp_path / "extracts", tmp_path / "build.duckdb", tmp_path / "lake"
    extracts.mkdir()
    scratch = tmp_path / "scratch"
    with duckdb.connect(str(build)) as connection:
        Shipping(Landed(extracts, connection), Lake.open(str(folder)), folder, scratch).land_first()
    process = subprocess.Popen(
        [sys.executable, "-c", SHIPPER, build, folder, scratch],
        env=clean_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "half\n"
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert [path.name for path in folder.iterdir()] == [f".{FIRST}.writing"]
    assert list(scratch.iterdir()) != []
    with duckdb.connect(str(build)) as connection:
        shipping = Shipping(Landed(extracts, connection), Lake.open(str(folder)), folder, scratch)
        assert shipping.lake.landings() == set()
        assert shipping.ship() == [FIRST]
        for table in TABLES:
            shipping.assert_same(table)
    assert [path.name for path in folder.iterdir()] == [FIRST]
    assert not scratch.exists()


def test_a_landing_without_its_mark_does_not_exist_and_is_written_anew(shipping: Shipping) -> None:
    shipping.land_first()
    shipping.ship()
    (shipping.folder / FIRST / "_SUCCESS").unlink()
    (shipping.folder / FIRST / "raw_generic" / "stray").mkdir()
    assert shipping.lake.landings() == set()
    assert shipping.ship() == [FIRST]
    assert not (shipping.folder / FIRST / "raw_generic" / "stray").exists()
    verify_landings(shipping.landed.connection, shipping.lake)


def test_what_others_keep_in_the_folder_stays(shipping: Shipping) -> None:
    shipping.land_first()
    for name in (".snapshots", "reports", "landings"):
        (shipping.folder / name).mkdir()
    (shipping.folder / "landing=notes.txt").write_text("a file, no folder")
    (shipping.folder / ".landing=20200101T000000Z.writing").mkdir()
    shipping.ship()
    assert sorted(path.name for path in shipping.folder.iterdir()) == [
        ".snapshots",
        FIRST,
        "landing=notes.txt",
        "landings",
        "reports",
    ]
