"""When the nightly refresh runs: cron and time zone of helpdesk.toml."""

import os
from pathlib import Path

from dagster import DefaultScheduleStatus, Definitions, ScheduleDefinition, definitions

from orchestration.defs.jobs import nightly_refresh
from orchestration.settings import load_settings


def nightly_schedule(config_file: str | None) -> ScheduleDefinition:
    """The schedule of the nightly refresh.

    Args:
        config_file: Path of helpdesk.toml, or None for the defaults.

    Raises:
        UsageError: The file is wrong.
    """
    refresh = load_settings(Path(config_file) if config_file else None).refresh
    return ScheduleDefinition(
        name="nightly",
        job=nightly_refresh,
        cron_schedule=refresh.cron,
        execution_timezone=refresh.time_zone,
        default_status=DefaultScheduleStatus.RUNNING,
    )


@definitions
def schedules() -> Definitions:
    """The schedules of the code location."""
    return Definitions(schedules=[nightly_schedule(os.environ.get("HELPDESK_CONFIG"))])
