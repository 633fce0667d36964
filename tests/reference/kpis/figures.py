"""Figures as ``marts.kpi_values`` names them, the periods they are of, and the cases they are made of.

A case is one thing counted: a ticket, a reply, a call. It is told once for every slice its KPI is told in.
"""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Figure:
    """What is told: the key of one row of ``marts.kpi_values``."""

    kpi_id: str
    variant: str
    attribution: str
    statistic: str
    clock: str
    period_grain: str
    period_start: date
    slice: str
    slice_value: str


@dataclass(frozen=True)
class Value:
    """What the row says."""

    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    n: int = 0
    n_censored: int = 0


@dataclass(frozen=True, order=True)
class Period:
    """A period that is compared: its grain, first and last day."""

    grain: str
    start: date
    last: date

    def has(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.start <= day <= self.last


def week_and_days(monday: date) -> list[Period]:
    """A week and its seven days."""
    days = [monday + timedelta(days=number) for number in range(7)]
    return [Period("week", days[0], days[-1]), *(Period("day", day, day) for day in days)]


@dataclass(frozen=True)
class Where:
    """What a case can be sliced by; a missing team or agent is told as unassigned, a priority as unknown."""

    source_system: str = "generic"
    channel: str | None = None
    team: str | None = None
    agent: str | None = None
    priority: str | None = None
    ticket_type: str | None = None

    def slice_value(self, name: str) -> str:
        """Its value of one slice."""
        if name == "all":
            return "all"
        missing = "unassigned" if name in ("team", "agent") else "unknown"
        return getattr(self, name) or missing


@dataclass(frozen=True, kw_only=True)
class Case:
    """One thing counted; ``measure`` names how cases become figures (the keys of MEASURES)."""

    kpi_id: str
    attribution: str
    measure: str
    on: date
    where: Where
    numerator: float | None = 1.0
    denominator: float | None = None
    variant: str = "default"
    clock: str = "none"
    subject: str | None = None
    is_censored: bool = False
