"""One refresh in this process: the Dagster job nightly_refresh, told as progress a person can follow."""

import logging
import os
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dagster import DagsterExecutionInterruptedError, DagsterInstance

from orchestration.alerts.tell import failures_told
from orchestration.dagster_home import prepare_dagster_home
from orchestration.disk import disk_trouble_told
from orchestration.errors import HelpdeskError, RefreshInterruptedError, UsageError, behind
from orchestration.instants import read_instant
from orchestration.progress import condensed_output, progress
from orchestration.publishing.database import open_database
from orchestration.publishing.folders import prepare_warehouse, private_files
from orchestration.publishing.lock import hold_warehouse
from orchestration.publishing.pseudonym_key import pseudonym_secret
from orchestration.publishing.record import read_publication
from orchestration.publishing.runs import last_run, note_interruption
from orchestration.settings import load_settings
from orchestration.warehouse import Warehouse

# What Dagster logs is in its run history; the terminal gets progress and, at the end, one readable line.
_SILENT = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
_PLAN_LOGGER = "dagster._core.execution.plan.active"


def run_refresh(
    *,
    extracts: Path,
    warehouse: Warehouse,
    as_of: str | None,
    full: bool,
    compare: bool,
    config: Path | None,
) -> None:
    """Land, check, build, check and publish, once; where it fails, those who are to be told are told.

    Args:
        extracts: The folder of extracts.
        warehouse: The warehouse.
        as_of: The run's one "now", ISO 8601; None means the run's start.
        full: Whether to rebuild every table from the raw records.
        compare: Whether a full rebuild is only compared with what is published, as of the same "now".
        config: helpdesk.toml, or None for the defaults.

    Raises:
        UsageError: An option, the configuration or a folder is wrong.
        WarehouseHeldError: Another refresh holds the warehouse.
        RefusedError: A check refused publication.
        RefreshInterruptedError: It was interrupted from the keyboard.
        HelpdeskError: Anything else that is expected to go wrong.
    """
    alerts = load_settings(config).alerts
    run_id = str(uuid.uuid4())
    with failures_told(warehouse, alerts, run_id, progress), disk_trouble_told(warehouse):
        _refresh(extracts, warehouse, as_of, full, compare, config, run_id)


def _refresh(
    extracts: Path,
    warehouse: Warehouse,
    as_of: str | None,
    full: bool,
    compare: bool,
    config: Path | None,
    run_id: str,
) -> None:
    if not extracts.is_dir():
        raise UsageError(f"{extracts}: there is no such folder of extracts; see --extracts")
    if as_of is not None:
        read_instant("--as-of", as_of)
    if compare:
        as_of = _published_as_of(warehouse, as_of, full)
    prepare_warehouse(warehouse)
    # Asked before Dagster is loaded, so that who is refused knows at once; the run itself asks again. Where
    # there is no key of pseudonyms it is made here.
    with hold_warehouse(warehouse, run_id="starting"):
        pseudonym_secret(warehouse)
    run_job(
        warehouse,
        run_id,
        {
            "extracts": str(extracts),
            "config_file": str(config) if config else None,
            "as_of_text": as_of,
            "full": full,
            "compare": compare,
        },
    )


def run_job(warehouse: Warehouse, run_id: str, options: dict[str, Any]) -> None:
    """Run the job nightly_refresh in this process.

    Args:
        warehouse: The warehouse that is written, prepared by ``prepare_warehouse``.
        run_id: Id of the run, a UUID.
        options: What else ``Refresh`` takes: the extracts, the run's "now" …

    Raises:
        HelpdeskError: The run was refused, interrupted, or failed in a way that is expected.
    """
    os.environ["HELPDESK_WAREHOUSE"] = str(warehouse.root.absolute())
    with private_files() as published_mode:
        home = prepare_dagster_home(warehouse)
        try:
            with condensed_output():
                _execute(warehouse, home, run_id, options | {"published_mode": published_mode})
            _refuse_a_silent_end(warehouse, run_id)
        except (KeyboardInterrupt, DagsterExecutionInterruptedError) as error:
            note_interruption(warehouse, run_id, interrupted_at=datetime.now(UTC))
            raise RefreshInterruptedError("interrupted; what is published still stands") from error


def _published_as_of(warehouse: Warehouse, as_of: str | None, full: bool) -> str:
    """The "now" of what is published, which a rebuild is compared with."""
    if not full or as_of is not None:
        raise UsageError("--compare goes with --full and without --as-of: a rebuild as of what is published")
    published = read_publication(warehouse)
    if published is None:
        raise UsageError(f"{warehouse.published_file}: nothing is published to compare with")
    return published.as_of.isoformat()


def _refuse_a_silent_end(warehouse: Warehouse, run_id: str) -> None:
    """Dagster skips what is built on a model of which it heard nothing, and calls the run a success."""
    with open_database(warehouse.build_file, read_only=True) as connection:
        run = last_run(connection)
    if run is None or run.run_id != run_id or run.status not in ("published", "nothing new"):
        raise HelpdeskError(
            f"run {run_id} ended without an error and without a publication; what is published still stands;"
            f" see {warehouse.private_dir / 'dbt' / 'dbt.log'}"
        )


def _execute(warehouse: Warehouse, home: Path, run_id: str, options: dict[str, Any]) -> None:
    # Loading the definitions parses the dbt project: only now, when nothing stands in the way.
    from orchestration.definitions import defs
    from orchestration.defs.resources import Refresh

    refresh = Refresh(warehouse_dir=str(warehouse.root), **options)
    job = defs().resolve_job_def("nightly_refresh")
    with DagsterInstance.from_config(str(home)) as instance:
        # Steps that are skipped because nothing is new are no reason for warnings about their checks. Only
        # now: Dagster sets the level of its loggers when its log manager is made.
        logging.getLogger(_PLAN_LOGGER).setLevel(logging.ERROR)
        try:
            job.execute_in_process(
                instance=instance, resources={"refresh": refresh}, run_config=_SILENT, run_id=run_id
            )
        except Exception as error:
            raise _readable(error) from error


def _readable(error: BaseException) -> BaseException:
    """The expected error behind what Dagster made of it, if there is one."""
    for found in behind(error):
        if isinstance(found, HelpdeskError):
            return type(found)(str(found))
    return error
