"""Dagster's home: where runs are remembered, with telemetry off and one run at a time."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import yaml

from orchestration.errors import HelpdeskError
from orchestration.warehouse import Warehouse

_OURS = "# Written by helpdesk, and anew with each version of it; without this line it is left alone.\n"
DATABASES = ("history/runs.db", "history/runs/index.db", "schedules/schedules.db")
_INSTANCE = {
    "telemetry": {"enabled": False},
    "nux": {"enabled": False},
    "event_log_storage": {"module": "orchestration.event_log", "class": "OpenSqliteEventLogStorage"},
    "concurrency": {"runs": {"max_concurrent_runs": 1}},
    "run_retries": {"enabled": True, "retry_on_asset_or_op_failure": False},
    "run_monitoring": {"enabled": True, "start_timeout_seconds": 600, "poll_interval_seconds": 60},
    "retention": {"schedule": {"purge_after_days": 90}, "sensor": {"purge_after_days": 7}},
}


def home_of(warehouse: Warehouse) -> Path:
    """Dagster's home: DAGSTER_HOME, else a folder in the private part of the warehouse.

    Args:
        warehouse: The warehouse.
    """
    return Path(os.environ.get("DAGSTER_HOME") or warehouse.dagster_home).absolute()


def prepare_dagster_home(warehouse: Warehouse) -> Path:
    """Make sure that Dagster has a home: DAGSTER_HOME, else a folder in the private part of the warehouse.

    Args:
        warehouse: The warehouse.

    Returns:
        The folder; a dagster.yaml that is there already is left alone, unless a version of helpdesk wrote it.

    Raises:
        HelpdeskError: A file of the history is damaged.
    """
    home = home_of(warehouse)
    # Dagster makes its files as the umask says, and they quote records.
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    refuse_damaged_history(home)
    configuration = home / "dagster.yaml"
    wanted = _OURS + yaml.safe_dump(_INSTANCE, sort_keys=False)
    present = configuration.read_text(encoding="utf-8") if configuration.exists() else None
    if present != wanted and (present is None or present.startswith(_OURS) or _is_of_first_version(present)):
        # By a rename: several processes of Dagster read it.
        unfinished = configuration.with_name(f".{configuration.name}.{os.getpid()}")
        unfinished.write_text(wanted, encoding="utf-8")
        unfinished.replace(configuration)
    os.environ["DAGSTER_HOME"] = str(home)
    return home


def refuse_damaged_history(home: Path, *, mode: str = "rwc") -> None:
    """Look whether the files of the history are databases.

    Args:
        home: Dagster's home.
        mode: How SQLite opens them: ``ro&immutable=1`` makes and changes no file.

    Raises:
        HelpdeskError: One is not.
    """
    for name in DATABASES:
        file = home / name
        if not file.exists():
            continue
        try:
            with closing(sqlite3.connect(f"{file.as_uri()}?mode={mode}", uri=True)) as connection:
                connection.execute("pragma schema_version")
        except sqlite3.OperationalError:
            # Busy, or on a full disk: whoever needs it will say so.
            continue
        except sqlite3.DatabaseError as error:
            raise HelpdeskError(
                f"{home}: Dagster's history is damaged ({name}: {error}); move this folder away: a new one is"
                " made, and no figure depends on it"
            ) from error


def _is_of_first_version(text: str) -> bool:
    """Whether helpdesk wrote it before it marked what it writes."""
    first = {name: value for name, value in _INSTANCE.items() if name != "run_monitoring"}
    return text == yaml.safe_dump(first, sort_keys=False)
