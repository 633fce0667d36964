"""The settings of a warehouse: helpdesk.toml, validated with one message per wrong key."""

import tomllib
from importlib import import_module
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from orchestration.errors import UsageError
from orchestration.landing.streams import load_streams


def _known_zone(name: str) -> str:
    # `localtime` is whatever zone a machine happens to be in: no zone that a database would know.
    if name == "localtime" or name not in available_timezones():
        raise ValueError(f"{name!r} is not an IANA time zone such as Europe/Riga")
    return name


def _readable_cron(expression: str) -> str:
    # Dagster takes seconds to import, which only who sets a cron expression should wait for.
    dagster = import_module("dagster")
    try:
        dagster.ScheduleDefinition(name="check", job_name="check", cron_schedule=expression)
    except dagster.DagsterInvalidDefinitionError as error:
        raise ValueError(f"{expression!r} is not five cron fields such as 0 2 * * *") from error
    return expression


Cron = Annotated[str, AfterValidator(_readable_cron)]
TimeZone = Annotated[str, AfterValidator(_known_zone)]


def _known_account(name: str) -> str:
    system, _, account = name.partition("@")
    if not account or system not in load_streams():
        known = ", ".join(sorted(load_streams()))
        raise ValueError(f"{name!r} is not <system>@<account>, such as generic@main; systems: {known}")
    return name


AccountName = Annotated[str, AfterValidator(_known_account)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Reporting(_Section):
    """What KPIs are told in.

    ``time_zone``: the IANA zone whose local dates are reporting days.
    ``currency``: the ISO 4217 code of the currency in which money is summed.
    """

    time_zone: TimeZone = "UTC"
    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")


class Account(_Section):
    """One helpdesk account: the zone of timestamps without an offset, the schedule of tickets without one."""

    time_zone: TimeZone = "UTC"
    default_schedule_id: str | None = None


class Landing(_Section):
    """``max_bad_record_rate``: share (0–1) of bad records in a stream above which a run is refused."""

    max_bad_record_rate: float = Field(default=0.01, ge=0, le=1)


class Thresholds(_Section):
    """Ages in days, and what is too short to count.

    ``maturity_days``: from which an unfinished ticket counts in cohort rates.
    ``repeat_contact_days``: within which the same customer's next ticket of a type is the same question.
    ``short_abandon_seconds``: up to which a caller who hangs up was not lost.
    ``stale_after_days``: from which the newest event of a stream is a warning.
    ``survey_minimum_n``: no age but a count: answers below which the scorecard shows no score of a survey.
    """

    maturity_days: int = Field(default=14, ge=0)
    repeat_contact_days: int = Field(default=7, ge=0)
    short_abandon_seconds: int = Field(default=5, ge=0)
    stale_after_days: float = Field(default=3, gt=0)
    survey_minimum_n: int = Field(default=5, ge=0)


def _ordered(hours: list[int]) -> list[int]:
    return sorted(set(hours))


Hours = Annotated[list[Annotated[int, Field(ge=1)]], AfterValidator(_ordered)]


class Targets(_Section):
    """Times T, in hours, of which rates tell the share of tickets that kept them; of calls in seconds.

    ``default_response_hours``, ``default_resolution_hours``: T of the rates' variant ``default``.
    ``response_hours``, ``resolution_hours``: further ones, each a variant ``within_<T>h``.
    ``answer_seconds``: T of the service level of calls, also of the one that agents are asked for.
    """

    default_response_hours: int = Field(default=24, ge=1)
    response_hours: Hours = [1, 4, 8, 24]
    default_resolution_hours: int = Field(default=48, ge=1)
    resolution_hours: Hours = [48]
    answer_seconds: int = Field(default=20, ge=1)


class Staffing(_Section):
    """How many agents are asked for.

    ``service_level_target``: share (0–1) of contacts to be answered within ``answer_seconds`` of the targets.
    ``maximum_occupancy``: share (0–1) of their time that agents may be busy.
    ``shrinkage``: share (0–1) of paid time in which agents are not there for contacts.
    ``forecast_weeks``: weeks whose same weekday and half hour a forecast is the mean of.
    ``full_time_hours_per_week``: paid hours of one full-time agent.
    """

    service_level_target: float = Field(default=0.8, gt=0, lt=1)
    maximum_occupancy: float = Field(default=0.85, gt=0, le=1)
    shrinkage: float = Field(default=0.3, ge=0, lt=1)
    forecast_weeks: int = Field(default=4, ge=1, le=52)
    full_time_hours_per_week: float = Field(default=40, gt=0)


class Benchmarks(_Section):
    """``industry``: whose benchmarks (seeds/kpi_benchmarks.csv) are compared with, beside those of all."""

    industry: str = Field(default="all", min_length=1)


class Money(_Section):
    """How money is spread over time.

    ``capex_months``: months over which a capital cost is spread, from its own on.
    """

    capex_months: int = Field(default=36, ge=1)


class Publication(_Section):
    """What may be published of agents."""

    agent_names: bool = False


class Refresh(_Section):
    """When the nightly refresh runs: a cron expression, read in ``time_zone``."""

    cron: Cron = "0 2 * * *"
    time_zone: TimeZone = "UTC"


class Spark(_Section):
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


class Settings(_Section):
    """Everything helpdesk.toml may say; every key has a default."""

    reporting: Reporting = Reporting()
    accounts: dict[AccountName, Account] = {}
    landing: Landing = Landing()
    thresholds: Thresholds = Thresholds()
    targets: Targets = Targets()
    staffing: Staffing = Staffing()
    benchmarks: Benchmarks = Benchmarks()
    money: Money = Money()
    publication: Publication = Publication()
    refresh: Refresh = Refresh()
    spark: Spark | None = None

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
        wrong = (f"{path}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise UsageError("\n".join(wrong)) from error
