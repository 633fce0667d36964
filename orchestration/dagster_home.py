"""Dagster's home: where runs are remembered, with telemetry off and one run at a time."""

import os
from pathlib import Path

import yaml

from orchestration.warehouse import Warehouse

_INSTANCE = {
    "telemetry": {"enabled": False},
    "nux": {"enabled": False},
    "event_log_storage": {"module": "orchestration.event_log", "class": "OpenSqliteEventLogStorage"},
    "concurrency": {"runs": {"max_concurrent_runs": 1}},
    "run_retries": {"enabled": True, "retry_on_asset_or_op_failure": False},
    "retention": {"schedule": {"purge_after_days": 90}, "sensor": {"purge_after_days": 7}},
}


def prepare_dagster_home(warehouse: Warehouse) -> Path:
    """Make sure that Dagster has a home: DAGSTER_HOME, else a folder in the private part of the warehouse.

    Args:
        warehouse: The warehouse.

    Returns:
        The folder; a dagster.yaml that is already there is left alone.
    """
    home = Path(os.environ.get("DAGSTER_HOME") or warehouse.dagster_home).absolute()
    home.mkdir(parents=True, exist_ok=True)
    configuration = home / "dagster.yaml"
    if not configuration.exists():
        configuration.write_text(yaml.safe_dump(_INSTANCE, sort_keys=False), encoding="utf-8")
    os.environ["DAGSTER_HOME"] = str(home)
    return home
