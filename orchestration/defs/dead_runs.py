"""Notes runs whose process died, so that the next one may start."""

import os
from pathlib import Path

from dagster import DefaultSensorStatus, SensorEvaluationContext, SkipReason, sensor

from orchestration.dead_runs import note_dead_runs
from orchestration.warehouse import Warehouse


@sensor(
    name="note_dead_runs",
    minimum_interval_seconds=120,
    default_status=DefaultSensorStatus.RUNNING,
)
def dead_runs(context: SensorEvaluationContext) -> SkipReason:
    """Note as failed what a reboot or a kill ended; Dagster itself would wait for it for ever."""
    warehouse = Warehouse(Path(os.environ.get("HELPDESK_WAREHOUSE", "warehouse")).absolute())
    noted = note_dead_runs(context.instance, warehouse)
    return SkipReason(f"noted as failed: {', '.join(noted)}" if noted else "no run has died")
