"""Dagster's web page and daemon, on loopback."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from orchestration.dagster_home import prepare_dagster_home
from orchestration.dbt import dbt_project
from orchestration.errors import HelpdeskError
from orchestration.publishing.folders import prepare_warehouse
from orchestration.settings import load_settings
from orchestration.warehouse import PROJECT_ROOT, Warehouse


def serve_dagster(*, extracts: Path, warehouse: Warehouse, config: Path | None, host: str, port: int) -> None:
    """Run Dagster's web server and daemon until somebody ends this process.

    Args:
        extracts: The folder of extracts that scheduled refreshes land.
        warehouse: The warehouse they publish.
        config: helpdesk.toml, or None for the defaults.
        host: Address to listen on. Whoever reaches it may start and stop refreshes: there is no password.
        port: Port there.

    Raises:
        UsageError: The configuration or the warehouse folder is wrong, or this user may not parse the models.
        HelpdeskError: Dagster ended by itself.
    """
    load_settings(config)
    # Dagster would serve and call itself well without the jobs, when they cannot be loaded.
    dbt_project()
    prepare_warehouse(warehouse)
    prepare_dagster_home(warehouse)
    environment = os.environ | {
        "HELPDESK_EXTRACTS": str(extracts.absolute()),
        "HELPDESK_WAREHOUSE": str(warehouse.root.absolute()),
    }
    if config:
        environment["HELPDESK_CONFIG"] = str(config.absolute())
    dagster = Path(sys.executable).with_name("dagster")
    command = [str(dagster), "dev", "--module-name", "orchestration.definitions"]
    run_until_ended([*command, "--host", host, "--port", str(port)], environment)


def run_until_ended(command: list[str], environment: dict[str, str]) -> None:
    """Run a server until somebody ends this process, with Ctrl-C or as systemd and containers do.

    Args:
        command: The server, which ends in good order when it is sent SIGTERM.
        environment: Its environment.

    Raises:
        HelpdeskError: It ended by itself, whatever its exit status was.
    """
    with _endings() as asked:
        process = subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment)
        asked.process = process
        status = process.wait()
    if not asked.to_end:
        raise HelpdeskError(f"Dagster ended by itself with status {status}; see its lines above")


class _Asked:
    """Whether somebody has asked this process to end, and the server that is told so."""

    def __init__(self) -> None:
        self.to_end = False
        self.process: subprocess.Popen[bytes] | None = None

    def __call__(self, number: int, _frame: FrameType | None) -> None:
        """Take a signal: a terminal sends Ctrl-C to the server as well, whoever sends SIGTERM does not."""
        self.to_end = True
        if number == signal.SIGTERM and self.process:
            self.process.send_signal(number)


@contextmanager
def _endings() -> Iterator[_Asked]:
    asked = _Asked()
    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
