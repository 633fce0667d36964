"""The page beside the published file is always of the run that the file is of."""

import os
import shutil
import stat
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import UsageError
from orchestration.publishing.folders import prepare_warehouse
from orchestration.publishing.publish import replace_published_file
from orchestration.publishing.record import read_publication
from orchestration.publishing.rollback import roll_back
from orchestration.report import prepare, swap
from orchestration.report.command import write_report
from orchestration.report.packed import read_packed
from orchestration.report.prepare import mend_report
from orchestration.warehouse import Warehouse

from ..conftest import run_helpdesk
from .small_publication import write_publication


def publish_run(warehouse: Warehouse, run_id: str) -> None:
    """Publish a small publication of a run."""
    source = warehouse.private_dir / f"{run_id}.duckdb"
    write_publication(source, teams=["A"], days=10, run_id=run_id)
    replace_published_file(warehouse, source, run_id=run_id, mode=0o640)


def page_run(warehouse: Warehouse) -> str:
    (site,) = warehouse.report_dir.glob("data/*/site.js")
    return read_packed(site)["health"]["run_id"]


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = Warehouse(tmp_path / "warehouse")
    prepare_warehouse(warehouse)
    publish_run(warehouse, "run-1")
    return warehouse


def test_the_page_follows_the_file_forward_and_back(warehouse):
    publish_run(warehouse, "run-2")
    assert page_run(warehouse) == "run-2"

    # Both were published at the same instant of the invented clock: the run is named.
    roll_back(warehouse, "run-1")
    assert (page_run(warehouse), read_publication(warehouse).run_id) == ("run-1", "run-1")
    assert not list(warehouse.root.glob(".report*"))


def test_a_page_that_a_kill_left_out_is_written_and_one_that_is_there_is_left_alone(warehouse):
    shutil.rmtree(warehouse.report_dir)
    swap.unpublished_report(warehouse).mkdir()

    mend_report(warehouse, mode=0o640)
    assert page_run(warehouse) == "run-1"
    written = warehouse.report_dir.stat().st_ino
    mend_report(warehouse, mode=0o640)
    assert warehouse.report_dir.stat().st_ino == written
    assert not list(warehouse.root.glob(".report*"))


def test_a_page_is_on_the_disk_before_it_gets_its_name(warehouse, monkeypatch):
    synced: set[Path] = set()
    page = swap.unpublished_report(warehouse)
    sync, put = os.fsync, swap.put_report

    def watched(descriptor: int) -> None:
        synced.add(Path(f"/dev/fd/{descriptor}").resolve())
        sync(descriptor)

    def put_what_is_synced(of: Warehouse) -> None:
        assert {path.resolve() for path in (page, *page.rglob("*"))} <= synced
        put(of)

    monkeypatch.setattr("os.fsync", watched)
    monkeypatch.setattr("orchestration.publishing.publish.put_report", put_what_is_synced)
    publish_run(warehouse, "run-2")
    assert page_run(warehouse) == "run-2"


def test_its_files_are_as_open_as_the_published_file(warehouse):
    modes = {stat.S_IMODE(path.stat().st_mode) for path in warehouse.report_dir.rglob("*") if path.is_file()}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in warehouse.report_dir.rglob("*") if path.is_dir()}

    assert modes == {stat.S_IMODE(warehouse.published_file.stat().st_mode)} == {0o640}
    assert folders == {stat.S_IMODE(warehouse.report_dir.stat().st_mode)} == {0o750}


def test_a_page_that_cannot_be_written_holds_no_figures_back(warehouse, capsys):
    source = write_publication(warehouse.private_dir / "run-2.duckdb", teams=["A"], days=10, run_id="run-2")
    with duckdb.connect(str(source)) as connection:
        connection.execute("drop table marts.dim_kpi")

    replace_published_file(warehouse, source, run_id="run-2", mode=0o640)

    assert read_publication(warehouse).run_id == "run-2"
    assert [path.name for path in warehouse.report_dir.iterdir()] == ["index.html"]
    assert "dim_kpi" in (warehouse.report_dir / "index.html").read_text(encoding="utf-8")
    assert "warning: the report page could not be written" in capsys.readouterr().err


@pytest.mark.parametrize("step", ["prepare_report", "take_report_away", "put_report"])
def test_an_interruption_never_leaves_the_page_of_another_run(warehouse, monkeypatch, step):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"orchestration.publishing.publish.{step}", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish_run(warehouse, "run-2")
    monkeypatch.undo()

    published = read_publication(warehouse).run_id
    assert published == ("run-2" if step == "put_report" else "run-1")
    assert not warehouse.report_dir.exists() or page_run(warehouse) == published

    prepare_warehouse(warehouse)
    assert not list(warehouse.root.glob(".report*"))
    write_report(warehouse, file=None, out=None)
    assert page_run(warehouse) == published


def test_no_room_for_the_page_publishes_nothing(warehouse, monkeypatch):
    from orchestration.errors import HelpdeskError

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(prepare, "write_site", no_room)
    with pytest.raises(HelpdeskError, match="cannot be published: No space left"):
        publish_run(warehouse, "run-2")

    assert (page_run(warehouse), read_publication(warehouse).run_id) == ("run-1", "run-1")


def test_the_command_writes_the_page_anew_and_elsewhere(warehouse, tmp_path):
    shutil.rmtree(warehouse.report_dir)
    elsewhere = tmp_path / "elsewhere"

    again = run_helpdesk("report", "--warehouse", warehouse.root)
    other = run_helpdesk(
        "report", "--warehouse", warehouse.root, "--file", warehouse.published_file, "--out", elsewhere
    )

    assert (again.status, again.output) == (0, f"Open {warehouse.report_dir / 'index.html'}\n"), again.errors
    assert (other.status, other.output) == (0, f"Open {elsewhere / 'index.html'}\n"), other.errors
    assert page_run(warehouse) == "run-1"


@pytest.mark.parametrize(
    ("file", "out", "message"),
    [
        ("published", None, "--file needs --out"),
        (None, "full", "is not empty"),
        ("missing", "new", "nothing is published"),
    ],
)
def test_wrong_usage_is_told(warehouse, tmp_path, file, out, message):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    files = {"published": warehouse.published_file, "missing": tmp_path / "missing.duckdb", None: None}

    with pytest.raises(UsageError, match=message):
        write_report(warehouse, file=files[file], out=tmp_path / out if out else None)
