"""A run that a power cut ended is noted, so that Dagster, which lets one run at a time, starts another."""

import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
import yaml
from dagster import (
    DagsterEvent,
    DagsterEventType,
    DagsterInstance,
    DagsterRun,
    DagsterRunStatus,
    DefaultSensorStatus,
    SkipReason,
    build_sensor_context,
    job,
    op,
)

from orchestration.dagster_home import prepare_dagster_home
from orchestration.defs.dead_runs import dead_runs
from orchestration.defs.jobs import nightly_refresh
from orchestration.errors import HelpdeskError
from orchestration.publishing.lock import hold_warehouse
from orchestration.publishing.publish import prepare_warehouse
from orchestration.warehouse import Warehouse

LONG_AGO = 3_600.0


@op
def lands() -> None: ...


@job(tags=nightly_refresh.tags)
def refresh() -> None:
    lands()


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    warehouse = Warehouse(tmp_path / "warehouse")
    prepare_warehouse(warehouse)
    monkeypatch.setenv("HELPDESK_WAREHOUSE", str(warehouse.root))
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    return warehouse


@pytest.fixture
def instance(warehouse: Warehouse) -> Iterator[DagsterInstance]:
    with DagsterInstance.from_config(str(prepare_dagster_home(warehouse))) as instance:
        yield instance


def started(instance: DagsterInstance, seconds_ago: float) -> DagsterRun:
    """A run that says it is running since then."""
    run = instance.create_run_for_job(refresh, tags=refresh.tags)
    start = DagsterEvent(DagsterEventType.PIPELINE_START.value, job_name="refresh", message="started")
    with patch("time.time", return_value=time.time() - seconds_ago):
        instance.report_dagster_event(start, run.run_id)
    assert status(instance, run) == DagsterRunStatus.STARTED
    return run


def status(instance: DagsterInstance, run: DagsterRun) -> DagsterRunStatus:
    found = instance.get_run_by_id(run.run_id)
    assert found is not None
    return found.status


def looked(instance: DagsterInstance) -> str:
    """What the sensor says."""
    answer = dead_runs(build_sensor_context(instance=instance))
    assert isinstance(answer, SkipReason)
    return answer.skip_message or ""


def test_a_run_that_does_not_hold_the_warehouse_has_died(instance: DagsterInstance) -> None:
    run = started(instance, LONG_AGO)
    assert looked(instance) == f"noted as failed: {run.run_id}"
    assert status(instance, run) == DagsterRunStatus.FAILURE
    assert looked(instance) == "no run has died"


def test_a_run_that_holds_the_warehouse_lives(instance: DagsterInstance, warehouse: Warehouse) -> None:
    alive, dead = started(instance, LONG_AGO), started(instance, LONG_AGO)
    with hold_warehouse(warehouse, run_id=alive.run_id):
        assert looked(instance) == f"noted as failed: {dead.run_id}"
    assert status(instance, alive) == DagsterRunStatus.STARTED


def test_a_run_that_has_just_started_is_given_time(instance: DagsterInstance) -> None:
    run = started(instance, 10)
    assert looked(instance) == "no run has died"
    assert status(instance, run) == DagsterRunStatus.STARTED


def test_what_the_command_ran_is_not_announced_to_be_tried_again(instance: DagsterInstance) -> None:
    # Dagster cannot try it again; as "will retry" nobody would be told of the failure.
    run = started(instance, LONG_AGO)
    looked(instance)
    found = instance.get_run_by_id(run.run_id)
    assert found is not None
    assert found.tags.get("dagster/will_retry") == "false"


def test_it_looks_without_being_switched_on() -> None:
    assert dead_runs.default_status == DefaultSensorStatus.RUNNING


def test_a_run_is_tried_again_from_its_beginning() -> None:
    # From where it failed would be half of it with the "now" of the run before.
    assert nightly_refresh.tags["dagster/retry_strategy"] == "ALL_STEPS"
    assert nightly_refresh.tags["dagster/max_retries"] == "2"


def test_dagsters_home_is_set_up_and_kept_up_to_date(warehouse: Warehouse) -> None:
    home = prepare_dagster_home(warehouse)
    assert home.stat().st_mode & 0o777 == 0o700
    configuration = home / "dagster.yaml"
    written = configuration.read_text()
    said = yaml.safe_load(written)
    assert said["telemetry"] == {"enabled": False}
    assert said["concurrency"] == {"runs": {"max_concurrent_runs": 1}}
    assert said["run_monitoring"]["enabled"] and said["run_retries"]["enabled"]
    assert set(said["retention"]) == {"schedule", "sensor"}
    first_line = written.splitlines()[0]
    configuration.write_text(f"{first_line}\ntelemetry:\n  enabled: true\n")
    prepare_dagster_home(warehouse)
    assert configuration.read_text() == written
    del said["run_monitoring"]
    configuration.write_text(yaml.safe_dump(said, sort_keys=False))
    prepare_dagster_home(warehouse)
    assert configuration.read_text() == written, "what the first version wrote is brought up to date"


def test_a_dagster_yaml_of_ones_own_is_left_alone(warehouse: Warehouse) -> None:
    configuration = prepare_dagster_home(warehouse) / "dagster.yaml"
    configuration.write_text("telemetry:\n  enabled: false\nrun_queue:\n  max_concurrent_runs: 1\n")
    prepare_dagster_home(warehouse)
    assert "run_queue" in configuration.read_text()


@pytest.mark.parametrize("name", ["history/runs.db", "history/runs/index.db", "schedules/schedules.db"])
def test_a_damaged_history_says_what_to_do(
    warehouse: Warehouse, instance: DagsterInstance, name: str
) -> None:
    home = prepare_dagster_home(warehouse)
    assert (home / name).exists()
    (home / name).write_bytes(b"not a database" * 1000)
    with pytest.raises(HelpdeskError) as told:
        prepare_dagster_home(warehouse)
    assert str(told.value) == (
        f"{home}: Dagster's history is damaged ({name}: file is not a database); move this folder away:"
        " a new one is made, and no figure depends on it"
    )
