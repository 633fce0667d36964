"""The settings of a warehouse: helpdesk.toml, validated with one message per wrong key."""

import tomllib
from importlib import import_module
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError

from orchestration.alerts.settings import Alerts
from orchestration.errors import UsageError
from orchestration.kpi_settings import (
    Benchmarks,
    Money,
    Reporting,
    Section,
    Staffing,
    Targets,
    Thresholds,
    TimeZone,
)
from orchestration.landing.streams import load_streams
from orchestration.postgres.settings import Postgres
from orchestration.wrong_keys import explain_key


def _readable_cron(expression: str) -> str:
    # Dagster takes seconds to import, which only who sets a cron expression should wait for.
    dagster = import_module("dagster")
    try:
        dagster.ScheduleDefinition(name="check", job_name="check", cron_schedule=expression)
    except dagster.DagsterInvalidDefinitionError as error:
        raise ValueError(f"{expression!r} is not five cron fields such as 0 2 * * *") from error
    return expression


Cron = Annotated[str, AfterValidator(_readable_cron)]


def _known_account(name: str) -> str:
    system, _, account = name.partition("@")
    if not account or system not in load_streams():
        known = ", ".join(sorted(load_streams()))
        raise ValueError(f"{name!r} is not <system>@<account>, such as generic@main; systems: {known}")
    return name


AccountName = Annotated[str, AfterValidator(_known_account)]


class Account(Section):
    """One helpdesk account: the zone of timestamps without an offset, the schedule of tickets without one."""

    time_zone: TimeZone = "UTC"
    default_schedule_id: str | None = None


class Landing(Section):
    """``max_bad_record_rate``: share (0–1) of bad records in a stream above which a run is refused."""

    max_bad_record_rate: float = Field(default=0.01, ge=0, le=1)


class Publication(Section):
    """What is published, and how long.

    ``agent_names``: whether agents' display names may be.
    ``not_personal``: names in raw records that are no person's, such as a shared mailbox's: they may be, too.
    ``keep``: how many publications stay on disk, the current one among them; any of them can be put back.
    """

    agent_names: bool = False
    not_personal: tuple[str, ...] = ()
    keep: int = Field(default=7, ge=1)


class Refresh(Section):
    """When the nightly refresh runs: a cron expression, read in ``time_zone``.

    ``keep_runs``: how many runs stay in Dagster's history and in ``meta.runs``, with what their checks said.
    """

    cron: Cron = "0 2 * * *"
    time_zone: TimeZone = "UTC"
    keep_runs: int = Field(default=30, ge=1)


class Spark(Section):
    """The cluster that builds the models: where it answers, and the lake it reads and writes.

    ``method``: ``thrift`` for the Thrift server at ``host`` and ``port``, ``session`` for one of dbt's own.
    ``schema_prefix``: of the schemas in which it builds; what is published is in core, marts and meta.
    ``longest_query_seconds``: when a statement is given up, so that a cluster without workers is noticed.
    """

    lake: str = Field(min_length=1)
    method: Literal["thrift", "session"] = "thrift"
    host: str = "127.0.0.1"
    port: int = Field(default=10000, ge=1, le=65535)
    user: str = "helpdesk"
    schema_prefix: str = Field(default="helpdesk_build", pattern="^[a-z][a-z0-9_]*$")
    longest_query_seconds: int = Field(default=3600, gt=0)


class Settings(Section):
    """Everything helpdesk.toml may say; every key has a default."""

    reporting: Reporting = Reporting()
    accounts: dict[AccountName, Account] = Field(default_factory=dict)
    landing: Landing = Landing()
    thresholds: Thresholds = Thresholds()
    targets: Targets = Targets()
    staffing: Staffing = Staffing()
    benchmarks: Benchmarks = Benchmarks()
    money: Money = Money()
    publication: Publication = Publication()
    refresh: Refresh = Refresh()
    spark: Spark | None = None
    postgres: Postgres | None = None
    alerts: Alerts = Alerts()

    @property
    def engine(self) -> Literal["duckdb", "spark"]:
        """What builds the models: a cluster if there is one, otherwise DuckDB."""
        return "spark" if self.spark else "duckdb"

    def account(self, system: str, account: str) -> Account:
        """The settings of one account, looked up as ``system@account``; defaults when it is not named."""
        return self.accounts.get(f"{system}@{account}", Account())


def load_settings(path: Path | None) -> Settings:
    """Read and validate a settings file.

    Args:
        path: A TOML file, or None for the defaults.

    Returns:
        The validated settings.

    Raises:
        UsageError: The file is missing, is not TOML, or has a wrong key; names every wrong key.
    """
    if path is None:
        return Settings()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot read the configuration: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not a TOML file: {error}") from error
    try:
        return Settings.model_validate(content)
    except ValidationError as error:
        wrong = (f"{path}: {explain_key(Settings, each)}" for each in error.errors())
        raise UsageError("\n".join(wrong)) from error
