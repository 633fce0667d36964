"""The history of runs is bounded: in Dagster's home, and in meta of the build file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dagster import (
    AssetCheckResult,
    DagsterInstance,
    MaterializeResult,
    asset,
    asset_check,
    materialize,
)

from orchestration.dagster_home import prepare_dagster_home
from orchestration.event_log import OpenSqliteEventLogStorage
from orchestration.expectations.results import CheckResult
from orchestration.housekeeping import tidy_up
from orchestration.publishing.checks import record_checks
from orchestration.publishing.database import open_database
from orchestration.publishing.publish import prepare_warehouse, publish
from orchestration.publishing.runs import first_run_at, start_run
from orchestration.retention import forget_old_runs, shrink_history
from orchestration.warehouse import SCRATCH_PREFIX, Warehouse
from tests.python.publishing.conftest import build, record

KEPT = 3


@asset
def tickets() -> MaterializeResult[None]:
    return MaterializeResult(metadata={"rows": 1, "text": "x" * 20_000})


@asset_check(asset=tickets)
def has_rows() -> AssetCheckResult:
    return AssetCheckResult(passed=True, metadata={"text": "x" * 20_000})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    return prepare_dagster_home(Warehouse(tmp_path / "warehouse"))


@pytest.fixture
def instance(home: Path) -> Iterator[DagsterInstance]:
    with DagsterInstance.from_config(str(home)) as instance:
        yield instance


def run_once(instance: DagsterInstance) -> str:
    """A run with an event of every kind that takes room; its id."""
    done = materialize([tickets, has_rows], instance=instance, tags={"launched_by": "a test"})
    assert done.success
    return done.run_id


def room(home: Path) -> int:
    """Bytes of everything in DAGSTER_HOME."""
    return sum(file.stat().st_size for file in home.rglob("*") if file.is_file())


def traces(home: Path, run_id: str) -> list[str]:
    """Every place in DAGSTER_HOME that still knows a run."""
    found = [str(path.relative_to(home)) for path in home.rglob(f"*{run_id}*")]
    for file in home.rglob("*.db"):
        with closing(sqlite3.connect(file)) as connection:
            tables = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
            for (table,) in tables:
                columns = [row[1] for row in connection.execute(f'pragma table_info("{table}")')]
                if (
                    "run_id" in columns
                    and connection.execute(f'select 1 from "{table}" where run_id = ?', [run_id]).fetchone()
                ):
                    found.append(f"{file.name}: {table}")
    return found


def test_the_room_that_runs_take_does_not_grow(home: Path, instance: DagsterInstance) -> None:
    rooms = []
    for _ in range(3 * KEPT):
        newest = run_once(instance)
        forget_old_runs(instance, keep=KEPT, never={newest})
        shrink_history(home)
        rooms.append(room(home))
    assert len(instance.get_runs()) == KEPT
    assert max(rooms[KEPT:]) <= 1.1 * rooms[KEPT]


def test_nothing_is_left_of_a_forgotten_run(home: Path, instance: DagsterInstance) -> None:
    old = run_once(instance)
    assert {place.split(": ")[-1] for place in traces(home, old) if ": " in place} >= {
        "asset_check_executions",
        "event_logs",
        "run_tags",
        "runs",
    }
    newest = run_once(instance)
    assert forget_old_runs(instance, keep=1, never=()) == 1
    assert shrink_history(home) == []
    assert traces(home, old) == []
    assert instance.all_logs(newest)
    assert instance.get_latest_materialization_event(tickets.key) is not None


def test_runs_of_kept_publications_and_the_present_one_stay(instance: DagsterInstance) -> None:
    first, second, third = (run_once(instance) for _ in range(3))
    assert forget_old_runs(instance, keep=1, never={first}) == 1
    assert {run.run_id for run in instance.get_runs()} == {first, third}
    assert instance.get_run_by_id(second) is None


def test_what_a_killed_clearing_left_is_cleared(home: Path, instance: DagsterInstance) -> None:
    lost, newest = run_once(instance), run_once(instance)
    instance.run_storage.delete_run(lost)
    assert any("event_logs" in place for place in traces(home, lost))
    assert forget_old_runs(instance, keep=KEPT, never={newest}) == 0
    shrink_history(home)
    assert traces(home, lost) == []


def test_a_file_that_is_half_empty_is_made_smaller(home: Path, instance: DagsterInstance) -> None:
    runs = [run_once(instance) for _ in range(6)]
    index = home / "history" / "runs" / "index.db"
    shrink_history(home)
    before = index.stat().st_size
    forget_old_runs(instance, keep=1, never={runs[-1]})
    assert shrink_history(home) == []
    assert index.stat().st_size < before / 2


def test_a_busy_history_is_left_for_the_next_time(
    home: Path, instance: DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.retention._PATIENCE_SECONDS", 0.1)
    runs = [run_once(instance) for _ in range(6)]
    index = home / "history" / "runs" / "index.db"
    shrink_history(home)
    forget_old_runs(instance, keep=1, never={runs[-1]})
    with closing(sqlite3.connect(index, isolation_level=None)) as other:
        other.execute("begin immediate")
        (note,) = shrink_history(home)
    assert note == f"{index}: not made smaller: database is locked"
    assert shrink_history(home) == []


def test_only_the_last_files_of_a_long_lived_process_stay_open(instance: DagsterInstance) -> None:
    storage = instance.event_log_storage
    assert isinstance(storage, OpenSqliteEventLogStorage)
    for number in range(20):
        storage.get_logs_for_run(f"{number:08}-0000-0000-0000-000000000000")
    assert len(storage._engines) == 8


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """A built warehouse with five runs, each of which has a check."""
    warehouse = Warehouse(tmp_path / "warehouse")
    prepare_warehouse(warehouse)
    build(warehouse, generation=1)
    check = CheckResult(
        check="is_unique",
        asset="core.fct_tickets",
        severity="error",
        status="passed",
        observed="0 rows",
        expectation="no rows",
    )
    for day in range(5):
        run_id, moment = f"run-{day}", datetime(2017, 4, 1, tzinfo=UTC) + timedelta(days=day)
        start_run(warehouse, run_id, started_at=moment)
        record_checks(warehouse, run_id, [check], checked_at=moment)
    return warehouse


def tidied(warehouse: Warehouse, instance: DagsterInstance | None) -> list[str]:
    """What tidying up with the bound of two runs could not do."""
    notes: list[str] = []
    tidy_up(warehouse, instance, run_id="run-4", keep_runs=2, report=notes.append)
    return notes


def test_meta_keeps_the_newest_runs_and_the_first(warehouse: Warehouse) -> None:
    assert tidied(warehouse, None) == []
    with open_database(warehouse.build_file, read_only=True) as connection:
        for table in ("meta.runs", "meta.checks"):
            kept = connection.execute(f"select distinct run_id from {table} order by all").fetchall()
            assert kept == [("run-0",), ("run-3",), ("run-4",)]
        assert first_run_at(connection) == datetime(2017, 4, 1, tzinfo=UTC)


def test_the_runs_of_publications_are_found(warehouse: Warehouse, instance: DagsterInstance) -> None:
    published, earlier, later, latest = (run_once(instance) for _ in range(4))
    publish(warehouse, record(published))
    assert tidied(warehouse, instance) == []
    assert {run.run_id for run in instance.get_runs()} == {published, later, latest}
    assert earlier not in {run.run_id for run in instance.get_runs()}


def test_what_a_killed_refresh_left_is_cleared(warehouse: Warehouse) -> None:
    left = [warehouse.private_dir / f"{SCRATCH_PREFIX}abc", warehouse.private_dir / "build.duckdb.tmp"]
    for folder in left:
        folder.mkdir()
        (folder / "tickets.jsonl").write_text("{}")
    assert tidied(warehouse, None) == []
    assert not any(folder.exists() for folder in left)
    assert warehouse.build_file.exists()


def test_a_history_that_cannot_be_tidied_stops_no_refresh(
    warehouse: Warehouse, instance: DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("disk I/O error\nsecond line")

    monkeypatch.setattr("orchestration.housekeeping.forget_old_runs", fail)
    (note,) = tidied(warehouse, instance)
    assert note == "  note: old runs are not cleared away: OSError: disk I/O error"
