"""Runs whose process died without a word: a reboot, a power cut, a kill.

Dagster believes that they still run, and as one run at a time may, would never start another.
"""

import time

from dagster import DagsterInstance, DagsterRunStatus, RunsFilter

from orchestration.publishing.lock import current_holder
from orchestration.warehouse import Warehouse

# From its start until it holds the warehouse a run takes seconds; on a busy machine some more.
_GRACE_SECONDS = 300.0


def note_dead_runs(instance: DagsterInstance, warehouse: Warehouse) -> list[str]:
    """Note runs as failed that say they are running and do not hold the warehouse.

    Args:
        instance: Dagster's instance.
        warehouse: The warehouse, which a living run holds from its first to its last moment.

    Returns:
        Their ids; the daemon then tries those again that it started itself, at most twice.
    """
    running = instance.get_run_records(RunsFilter(statuses=[DagsterRunStatus.STARTED]))
    holder = current_holder(warehouse)
    dead = [
        record.dagster_run
        for record in running
        if (record.start_time or 0.0) < time.time() - _GRACE_SECONDS
        and (holder is None or holder.run_id != record.dagster_run.run_id)
    ]
    for run in dead:
        if run.remote_job_origin is None:
            # Dagster would announce another try of what the command ran, and not know where it came from.
            instance.add_run_tags(run.run_id, {"dagster/max_retries": "0"})
        instance.report_run_failed(run, "its process was ended before the run was")
    return [run.run_id for run in dead]
