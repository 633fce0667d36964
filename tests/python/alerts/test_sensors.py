"""Dagster's part of the alerts: runs that failed anywhere, and figures that grew old without a run."""

from collections.abc import Iterator
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

import pytest
from dagster import (
    DagsterInstance,
    DefaultSensorStatus,
    SkipReason,
    build_run_status_sensor_context,
    build_sensor_context,
    job,
    op,
)

from orchestration.alerts.ledger import claim
from orchestration.defs.alerts import tell_failed_refresh, tell_stale_figures
from orchestration.errors import RefusedError, WarehouseHeldError
from orchestration.publishing.database import open_database
from orchestration.publishing.publish import PublicationRecord, prepare_warehouse, publish
from orchestration.warehouse import Warehouse
from tests.python.publishing.conftest import AS_OF, build

from .servers import Hook, web_server


@op(config_schema={"error": str})
def fails(context) -> None:
    raise {"refused": RefusedError("a check"), "held": WarehouseHeldError("by another")}[
        context.op_config["error"]
    ]


@job
def nightly_refresh() -> None:
    fails()


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    warehouse = Warehouse(tmp_path / "warehouse")
    prepare_warehouse(warehouse)
    monkeypatch.setenv("HELPDESK_WAREHOUSE", str(warehouse.root))
    monkeypatch.delenv("HELPDESK_CONFIG", raising=False)
    return warehouse


@pytest.fixture
def hook(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    """A web hook that the environment names."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with web_server(Hook()) as hook:
        monkeypatch.setenv("HELPDESK_WEBHOOK_URL", hook.url)
        yield hook


def run_of(error: str) -> str:
    """The id of the run that fails like this."""
    return str(uuid5(NAMESPACE_OID, error))


def looked_at_a_failed_run(error: str = "refused", **tags: str) -> str:
    """What the sensor says of a run that failed."""
    with DagsterInstance.ephemeral() as instance:
        run_config = {"ops": {"fails": {"config": {"error": error}}}}
        result = nightly_refresh.execute_in_process(
            instance=instance,
            run_config=run_config,
            raise_on_error=False,
            run_id=run_of(error),
            tags=tags,
        )
        context = build_run_status_sensor_context(
            "tell_failed_refresh",
            dagster_event=result.get_run_failure_event(),
            dagster_instance=instance,
            dagster_run=result.dagster_run,
        ).for_run_failure()
        skipped = tell_failed_refresh(context)
    assert isinstance(skipped, SkipReason)
    return str(skipped.skip_message)


def looked_at_figures() -> str:
    skipped = tell_stale_figures(build_sensor_context())
    assert isinstance(skipped, SkipReason)
    return str(skipped.skip_message)


def test_a_failed_run_is_told_once(hook: Hook) -> None:
    assert looked_at_a_failed_run() == "alert sent by webhook"
    assert looked_at_a_failed_run() == "nothing to tell"
    assert [post["run_id"] for post in hook.posts] == [run_of("refused")]


def test_what_the_command_told_is_not_told_again(warehouse: Warehouse, hook: Hook) -> None:
    assert claim(warehouse, f"failure {run_of('refused')}")
    assert looked_at_a_failed_run() == "nothing to tell"
    assert hook.posts == []


def test_a_run_that_found_another_at_work_is_no_failure(hook: Hook) -> None:
    assert looked_at_a_failed_run("held") == "another refresh was at work, or somebody interrupted it"
    assert hook.posts == []


def test_a_run_that_is_tried_again_is_not_told_yet(hook: Hook) -> None:
    assert looked_at_a_failed_run(**{"dagster/will_retry": "true"}) == "this run is tried again"
    assert hook.posts == []


def test_nothing_is_sent_unless_configured(warehouse: Warehouse) -> None:
    assert looked_at_a_failed_run() == "nothing to tell"
    assert looked_at_figures() == "nothing to tell"


def test_stale_figures_are_told_once(warehouse: Warehouse, hook: Hook) -> None:
    assert looked_at_figures() == "nothing to tell"
    build(warehouse, 1)
    with open_database(warehouse.build_file, read_only=False):
        pass
    publish(warehouse, PublicationRecord("run-1", AS_OF, AS_OF, {}, None, "f" * 64))
    assert looked_at_figures() == "alert sent by webhook"
    assert looked_at_figures() == "nothing to tell"
    assert [post["kind"] for post in hook.posts] == ["stale"]


def test_a_wrong_configuration_is_told_in_the_sensor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_CONFIG", str(tmp_path / "none.toml"))
    assert "cannot read the configuration" in looked_at_figures()


def test_both_sensors_run_without_being_switched_on() -> None:
    assert {tell_failed_refresh.default_status, tell_stale_figures.default_status} == {
        DefaultSensorStatus.RUNNING
    }
