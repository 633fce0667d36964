"""Dagster's web page and daemon, on loopback."""

import os
import subprocess
import sys
from pathlib import Path

from orchestration.dagster_home import prepare_dagster_home
from orchestration.errors import HelpdeskError
from orchestration.publishing.folders import prepare_warehouse
from orchestration.settings import load_settings
from orchestration.warehouse import PROJECT_ROOT, Warehouse


def serve_dagster(*, extracts: Path, warehouse: Warehouse, config: Path | None, port: int) -> None:
    """Run Dagster's web server and daemon until interrupted; reachable from this machine only.

    Args:
        extracts: The folder of extracts that scheduled refreshes land.
        warehouse: The warehouse they publish.
        config: helpdesk.toml, or None for the defaults.
        port: Port on 127.0.0.1.

    Raises:
        UsageError: The configuration or the warehouse folder is wrong.
        HelpdeskError: Dagster ended by itself.
    """
    load_settings(config)
    prepare_warehouse(warehouse)
    prepare_dagster_home(warehouse)
    environment = os.environ | {
        "HELPDESK_EXTRACTS": str(extracts.absolute()),
        "HELPDESK_WAREHOUSE": str(warehouse.root.absolute()),
    }
    if config:
        environment["HELPDESK_CONFIG"] = str(config.absolute())
    dagster = Path(sys.executable).with_name("dagster")
    command = [str(dagster), "dev", "--module-name", "orchestration.definitions", "--host", "127.0.0.1"]
    try:
        done = subprocess.run([*command, "--port", str(port)], cwd=PROJECT_ROOT, env=environment, check=False)
    except KeyboardInterrupt:
        return
    if done.returncode != 0:
        raise HelpdeskError(f"Dagster ended with status {done.returncode}; see its lines above")
