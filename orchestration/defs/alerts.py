"""Alerts from Dagster's daemon: of runs that failed, of figures that have grown old; silent by default."""

import os
from collections.abc import Callable
from pathlib import Path

from dagster import (
    DefaultSensorStatus,
    RunFailureSensorContext,
    SensorEvaluationContext,
    SkipReason,
    run_failure_sensor,
    sensor,
)
from dagster_shared.error import SerializableErrorInfo

from orchestration.alerts.settings import Alerts
from orchestration.alerts.tell import tell_failure, tell_if_stale
from orchestration.defs.jobs import nightly_refresh
from orchestration.errors import HelpdeskError
from orchestration.settings import load_settings
from orchestration.warehouse import Warehouse

_QUIET = ("WarehouseHeldError", "RefreshInterruptedError", "DagsterExecutionInterruptedError")


@run_failure_sensor(
    name="tell_failed_refresh",
    monitored_jobs=[nightly_refresh],
    default_status=DefaultSensorStatus.RUNNING,
)
def tell_failed_refresh(context: RunFailureSensorContext) -> SkipReason:
    """Tell a failed refresh, unless the command that ran it has, or Dagster tries it once more."""
    run = context.dagster_run
    if run.tags.get("dagster/will_retry") == "true":
        return SkipReason("this run is tried again")
    failure = context.failure_event.job_failure_data
    errors = [failure.error] if failure else []
    errors += [
        event.step_failure_data.error for event in context.get_step_failure_events() if event.is_step_failure
    ]
    if any(_is_quiet(error) for error in errors):
        return SkipReason("another refresh was at work, or somebody interrupted it")
    return _told(lambda warehouse, alerts: tell_failure(warehouse, alerts, run.run_id))


@sensor(
    name="tell_stale_figures",
    minimum_interval_seconds=600,
    default_status=DefaultSensorStatus.RUNNING,
)
def tell_stale_figures(context: SensorEvaluationContext) -> SkipReason:
    """Tell once that what is published has grown old, also where no run has begun that could fail."""
    return _told(tell_if_stale)


def _told(tell: Callable[[Warehouse, Alerts], str | None]) -> SkipReason:
    config = os.environ.get("HELPDESK_CONFIG")
    try:
        alerts = load_settings(Path(config) if config else None).alerts
        warehouse = Warehouse(Path(os.environ.get("HELPDESK_WAREHOUSE", "warehouse")).absolute())
        return SkipReason(tell(warehouse, alerts) or "nothing to tell")
    except HelpdeskError as error:
        return SkipReason(str(error))


def _is_quiet(error: SerializableErrorInfo | None) -> bool:
    while error is not None:
        if error.cls_name in _QUIET:
            return True
        error = error.cause or error.context
    return False
