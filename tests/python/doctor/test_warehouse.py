"""What can be wrong with the folder of a warehouse; nothing of it is changed."""

import fcntl
import json
import os
import shutil
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from orchestration.doctor.case import Case
from orchestration.doctor.warehouse import holder, place
from orchestration.publishing.database import open_database
from orchestration.publishing.lock import hold_warehouse
from orchestration.publishing.pseudonym_key import VARIABLE
from orchestration.publishing.record import read_publication
from orchestration.warehouse import Warehouse
from tests.python.conftest import Helpdesk
from tests.python.doctor.conftest import MakeCase, findings, told, write
from tests.reference.pseudonyms import TEST_KEY


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """A folder with a private part, and nothing in it."""
    made = Warehouse(tmp_path / "warehouse")
    made.private_dir.mkdir(parents=True, mode=0o700)
    return made


def test_a_published_warehouse_is_well(
    published: Helpdesk, make: MakeCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, TEST_KEY)
    record = read_publication(published.warehouse)
    assert record is not None
    case = make(warehouse=published.warehouse, now=record.published_at + timedelta(minutes=3))
    said = {}
    for check in ("place", "rights", "holder", "published", "report", "build", "leftovers", "history"):
        assert told(f"warehouse.{check}", case, "wrong") == "", check
        said[check] = told(f"warehouse.{check}", case, "ok")
    assert said["published"].startswith("published 3 minutes ago, as of 2017-02-19 00:00 UTC: ")
    assert " tickets, by " in said["published"]
    assert "the report page is of what is published" in said["report"]
    assert "the last refresh ended well: published" in said["build"]
    assert "the next refresh builds only what is new" in said["build"]
    assert "Dagster's history is whole" in said["history"]
    assert "the private part is closed to others" in said["rights"]
    assert "figures are" in told("warehouse.published", case, "note")


def test_a_report_of_another_publication_code_that_changed_and_kept_versions(
    desk: Helpdesk, make: MakeCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "another key, long enough to be taken " * 2)
    (data,) = (desk.root / "report" / "data").iterdir()
    data.rename(data.with_name("ffffffff"))
    write(desk.root, "versions/20170101T000000.000000Z_gone.duckdb", b"damaged")
    case = make(warehouse=desk.warehouse, now=datetime.now(UTC))
    assert "is of another publication than the published file" in told("warehouse.report", case, "note")
    assert "builds all tables anew" in told("warehouse.build", case, "note")
    assert "this earlier publication is damaged" in told("warehouse.published", case, "note")
    assert "kept: 1 earlier publication" in told("warehouse.published", case, "ok")
    shutil.rmtree(desk.root / "report" / "data")
    assert "could not be written, and says why" in told("warehouse.report", case, "note")
    shutil.rmtree(desk.root / "report")
    assert "there is no report page" in told("warehouse.report", case, "note")
    past = make(warehouse=desk.warehouse, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert "and the clock says 2026-01-01 00:00 UTC" in told("warehouse.published", past, "wrong")


def test_a_damaged_file_is_told_once(make: MakeCase, warehouse: Warehouse) -> None:
    write(warehouse.root, "helpdesk.duckdb", b"no database")
    with pytest.raises(Exception, match="no valid DuckDB file; put a backup back"):
        findings("warehouse.published", make())
    assert findings("warehouse.report", make()) == findings("warehouse.build", make()) == []


def runs(warehouse: Warehouse, status: str, message: str | None) -> None:
    with open_database(warehouse.build_file, read_only=False) as connection:
        connection.execute("create schema meta")
        connection.execute(
            "create table meta.runs as select 'r' as run_id, now()::timestamp as started_at,"
            " null::timestamp as finished_at, ? as status, ? as message",
            [status, message],
        )
        connection.execute(
            "create table meta.quarantine as select 'generic' as source_system, 'main' as source_account,"
            " 'tickets' as stream, 'bad' as reason, 'f' as file, 1 as line"
        )
        connection.execute(
            "create table meta.checks as select 'r' as run_id, 'c' as check_name, 'a' as asset,"
            " 'warning' as severity, 'failed' as status, 'o' as observed, now()::timestamp as checked_at"
        )
        connection.execute(
            "create table meta.forgotten as select 'person' as kind, now()::timestamp as forgotten_at,"
            " null::timestamp as erased_at"
        )


@pytest.mark.parametrize(
    ("status", "message", "said"),
    [
        ("refused", "a.csv: is bad\nb.csv: is bad", "the last refresh was refused: a.csv: is bad |"),
        ("failed", "no room left", "the last refresh failed: no room left |"),
        ("running", None, "the last refresh was interrupted: its process was ended before it was |"),
    ],
)
def test_what_the_last_refresh_left_undone(
    make: MakeCase, warehouse: Warehouse, status: str, message: str | None, said: str
) -> None:
    runs(warehouse, status, message)
    notes = told("warehouse.build", make(), "note")
    assert said in notes
    assert "quarantined, and in no figure: 1 record of generic/tickets" in notes
    assert "1 check did not pass in the last run" in notes
    assert "a customer was to be forgotten, and that did not come to its end" in notes


def test_a_path_that_dbt_cannot_use(make: MakeCase, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="the path of a warehouse cannot hold #"):
        findings("warehouse.place", make(warehouse=Warehouse(tmp_path / "a#b")))


def test_folders_that_cannot_be_written(
    make: MakeCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, "file", "")
    assert "is a file" in told("warehouse.place", make(warehouse=Warehouse(file)), "wrong")
    assert "the first refresh makes it in" in told("warehouse.place", make(), "ok")
    monkeypatch.setattr("os.access", lambda *_: False)
    assert "this user may not write there" in told("warehouse.place", make(), "wrong")
    monkeypatch.setattr("os.statvfs", lambda _: SimpleNamespace(f_flag=os.ST_RDONLY))
    assert "lies on a disk that can only be read" in told("warehouse.place", make(), "wrong")


def test_a_network_file_system(make: MakeCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = f"server:/x {tmp_path} nfs4 rw 0 0\ntmpfs {tmp_path}x tmpfs rw 0 0\n/dev/sda / ext4 rw 0 0\n"
    monkeypatch.setattr(place, "MOUNTS", write(tmp_path, "mounts", mounts))
    assert "lies on a network file system (nfs4)" in told("warehouse.place", make(), "note")
    assert place.file_system(Path("/usr")) == "ext4"


def test_rights(make: MakeCase, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "the private part is closed to others" in told("warehouse.rights", make(), "ok")
    warehouse.private_dir.chmod(0o755)
    assert "others may enter it" in told("warehouse.rights", make(), "wrong")
    warehouse.private_dir.chmod(0o700)
    before = os.umask(0o077)
    try:
        assert "the next publication is for this user alone" in told("warehouse.rights", make(), "note")
    finally:
        os.umask(before)
    owner = warehouse.root.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 4_000_000)
    assert f"and this is user {owner + 4_000_000}" in told("warehouse.rights", make(), "wrong")


def test_root_in_the_warehouse_of_somebody(
    make: MakeCase, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = warehouse.root.stat().st_uid
    monkeypatch.setattr("orchestration.doctor.warehouse.rights._ROOT", owner + 1)
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    assert "what root writes there, that user cannot" in told("warehouse.rights", make(), "note")


def test_who_holds_it(make: MakeCase, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told("warehouse.holder", make(), "ok").startswith("no refresh is running")
    write(warehouse.private_dir, "scratch-x/file", b"0" * 2_000_000)
    with hold_warehouse(warehouse, run_id="run-of-a-test"):
        assert f"run run-of-a-test (pid {os.getpid()})" in told("warehouse.holder", make(), "note")
        # What a refresh that runs needs is nothing left behind.
        assert findings("warehouse.leftovers", make()) == []
        monkeypatch.setattr(holder, "_lives", lambda _: False)
        assert "whose process is gone" in told("warehouse.holder", make(), "wrong")
    assert "a killed refresh left 2.0 MB behind (scratch-x)" in told("warehouse.leftovers", make(), "note")
    shutil.rmtree(warehouse.private_dir / "scratch-x")
    assert "nothing half done" in told("warehouse.leftovers", make(), "ok")


@pytest.mark.parametrize("name", [".helpdesk.duckdb.publishing", ".report.publishing", ".report.replaced"])
def test_what_a_killed_publication_left(make: MakeCase, warehouse: Warehouse, name: str) -> None:
    write(warehouse.root, name, "")
    assert f"({name})" in told("warehouse.leftovers", make(), "note")


def test_a_file_system_without_locks(
    make: MakeCase, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = {"run_id": "r", "pid": 1, "host": socket.gethostname(), "since": "now"}
    warehouse.lock_file.write_text(json.dumps(named))

    def refuse(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert "files cannot be locked there: No locks available" in told("warehouse.holder", make(), "wrong")


def test_a_damaged_history_makes_no_file(make: MakeCase, warehouse: Warehouse) -> None:
    assert findings("warehouse.history", make()) == []
    write(warehouse.dagster_home, "history/runs.db", b"no database, but long enough to be one " * 9)
    with pytest.raises(Exception, match="Dagster's history is damaged"):
        findings("warehouse.history", make())


def test_figures_of_the_future(desk: Helpdesk, make: MakeCase) -> None:
    with open_database(desk.warehouse.published_file, read_only=False) as connection:
        connection.execute("update meta.publication set as_of = timestamp '2999-01-01'")
    case: Case = make(warehouse=desk.warehouse, now=datetime.now(UTC))
    assert "is as of 2999-01-01 00:00 UTC, in the future" in told("warehouse.published", case, "note")
