"""The settings that KPIs depend on, sections of helpdesk.toml: the models read them as meta.run."""

from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _known_zone(name: str) -> str:
    # `localtime` is whatever zone a machine happens to be in: no zone that a database would know.
    if name == "localtime" or name not in available_timezones():
        raise ValueError(f"{name!r} is not an IANA time zone such as Europe/Riga")
    return name


TimeZone = Annotated[str, AfterValidator(_known_zone)]


class Section(BaseModel):
    """Keys that nobody knows are refused, and nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Reporting(Section):
    """What KPIs are told in.

    ``time_zone``: the IANA zone whose local dates are reporting days.
    ``currency``: the ISO 4217 code of the currency in which money is summed.
    """

    time_zone: TimeZone = "UTC"
    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")


class Thresholds(Section):
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


class Targets(Section):
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


class Staffing(Section):
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


class Benchmarks(Section):
    """``industry``: whose benchmarks (seeds/kpi_benchmarks.csv) are compared with, beside those of all."""

    industry: str = Field(default="all", min_length=1)


class Money(Section):
    """How money is spread over time.

    ``capex_months``: months over which a capital cost is spread, from its own on.
    """

    capex_months: int = Field(default=36, ge=1)
