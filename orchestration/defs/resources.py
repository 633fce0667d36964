"""The refresh itself as a resource: where it reads and writes, its one "now", its hold on the warehouse."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from dagster import ConfigurableResource, Definitions, InitResourceContext, definitions
from pydantic import PrivateAttr

from orchestration.dbt import dbt_project
from orchestration.defs.dbt_process import OfflineDbt
from orchestration.housekeeping import tidy_up
from orchestration.instants import read_instant
from orchestration.postgres.command import require_driver
from orchestration.progress import progress
from orchestration.publishing.database import open_database
from orchestration.publishing.folders import prepare_warehouse, private_files
from orchestration.publishing.lock import hold_warehouse
from orchestration.publishing.pseudonym_key import pseudonym_secret
from orchestration.publishing.runs import RunEnd, finish_run, last_run, start_run
from orchestration.settings import Settings, load_settings
from orchestration.spark.connection import check_connection, environment
from orchestration.warehouse import Warehouse


class Refresh(ConfigurableResource["Refresh"]):
    """One refresh: built from the options of the command line or the environment of the daemon.

    It lands ``extracts`` or, for a past day, takes what the warehouse in ``source_dir`` knew at ``known_at``.
    """

    extracts: str = ""
    warehouse_dir: str
    source_dir: str | None = None
    known_at_text: str | None = None
    config_file: str | None = None
    as_of_text: str | None = None
    full: bool = False
    compare: bool = False
    published_mode: int | None = None

    _settings: Settings = PrivateAttr()
    _run_id: str = PrivateAttr()
    _started_at: datetime = PrivateAttr()
    _mode: int = PrivateAttr()

    @property
    def warehouse(self) -> Warehouse:
        """The warehouse this refresh holds."""
        return Warehouse(Path(self.warehouse_dir).absolute())

    @property
    def source(self) -> Warehouse | None:
        """The warehouse whose records are taken, for a past day; None when extracts are landed."""
        return Warehouse(Path(self.source_dir)) if self.source_dir else None

    @property
    def settings(self) -> Settings:
        """The validated settings."""
        return self._settings

    @property
    def run_id(self) -> str:
        """Id of the Dagster run."""
        return self._run_id

    @property
    def mode(self) -> int:
        """Permission bits of the published file; all else that a refresh writes is private."""
        return self._mode

    @property
    def started_at(self) -> datetime:
        """When the refresh began; UTC, whole seconds."""
        return self._started_at

    @property
    def as_of(self) -> datetime:
        """The one "now" of the whole run; UTC."""
        return read_instant("--as-of", self.as_of_text) if self.as_of_text else self._started_at

    @property
    def known_at(self) -> datetime:
        """Records that landed until then are used; UTC."""
        return read_instant("--known-at", self.known_at_text) if self.known_at_text else self._started_at

    @property
    def explicit_as_of(self) -> datetime | None:
        """The "now" that was asked for, None when it is just the run's start."""
        return self.as_of if self.as_of_text else None

    @contextmanager
    def yield_for_execution(self, context: InitResourceContext) -> Iterator["Refresh"]:
        """Hold the warehouse for the whole run and note how the run ended."""
        self._settings = load_settings(Path(self.config_file) if self.config_file else None)
        if self.source_dir:
            # The lake and what readers of a cluster or of PostgreSQL see are those of the present.
            self._settings = self._settings.model_copy(update={"spark": None, "postgres": None})
        self._run_id = context.run_id or "unknown"
        self._started_at = datetime.now(UTC).replace(microsecond=0)
        os.environ["HELPDESK_WAREHOUSE"] = str(self.warehouse.root)
        if self._settings.spark:
            os.environ.update(environment(self._settings.spark))
            check_connection(self._settings.spark)
        if self._settings.postgres:
            require_driver()
        prepare_warehouse(self.warehouse)
        with hold_warehouse(self.warehouse, run_id=self.run_id), private_files() as published_mode:
            # Whoever made this private already knows what the file for everybody should have.
            self._mode = published_mode if self.published_mode is None else self.published_mode
            pseudonym_secret(self.warehouse)
            start_run(self.warehouse, self.run_id, started_at=self.started_at)
            keep_runs = self._settings.refresh.keep_runs
            tidy_up(
                self.warehouse, context.instance, run_id=self.run_id, keep_runs=keep_runs, report=progress
            )
            try:
                yield self
            finally:
                self._note_unfinished()

    def _note_unfinished(self) -> None:
        """A run that did not say how it ended has failed, or was refused by one of its checks."""
        with open_database(self.warehouse.build_file, read_only=True) as connection:
            run = last_run(connection)
        if run is not None and run.run_id == self.run_id and run.status == "running":
            self.finish("failed", "a step failed; see the run in Dagster or the command's own message")

    def finish(self, status: RunEnd, message: str | None) -> None:
        """Note how the run ended: published, nothing new, refused or failed."""
        finish_run(
            self.warehouse,
            self.run_id,
            status=status,
            message=message,
            finished_at=datetime.now(UTC),
        )


def refresh_from_environment() -> Refresh:
    """The refresh that schedules and sensors start: its options come from HELPDESK_… variables."""
    return Refresh(
        extracts=os.environ.get("HELPDESK_EXTRACTS", "extracts"),
        warehouse_dir=os.environ.get("HELPDESK_WAREHOUSE", "warehouse"),
        config_file=os.environ.get("HELPDESK_CONFIG"),
    )


@definitions
def resources() -> Definitions:
    """The resources of the code location."""
    dbt = OfflineDbt(
        project_dir=str(dbt_project().project_dir),
        dbt_executable="helpdesk-dbt",
        # Dagster reads dbt's lines as JSON; people read its log.
        global_config_flags=["--log-format-file", "text", "--no-use-colors-file"],
    )
    return Definitions(resources={"refresh": refresh_from_environment(), "dbt": dbt})
