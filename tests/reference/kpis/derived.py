"""Figures that are made of other KPIs' figures: which of them, and those of the period before."""

from collections.abc import Mapping
from datetime import timedelta

from tests.reference.kpis.figures import Figure, Period, Value
from tests.reference.kpis.registry import registered_slices


def before_period(period: Period) -> Period:
    """The period of the same grain before.

    Args:
        period: The period.
    """
    last = period.start - timedelta(days=1)
    starts = {
        "day": last,
        "week": period.start - timedelta(weeks=1),
        "month": last.replace(day=1),
        "quarter": last.replace(month=(last.month - 1) // 3 * 3 + 1, day=1),
        "year": last.replace(month=1, day=1),
    }
    return Period(period.grain, starts[period.grain], last)


def year_before(period: Period) -> Period:
    """The same period a year ago; of days and weeks 52 weeks ago, so that weekdays match (decision 17).

    Args:
        period: The period.
    """
    if period.grain in ("day", "week"):
        weeks = timedelta(weeks=52)
        return Period(period.grain, period.start - weeks, period.last - weeks)
    following = period.last + timedelta(days=1)
    last = following.replace(year=following.year - 1) - timedelta(days=1)
    return Period(period.grain, period.start.replace(year=period.start.year - 1), last)


def of_kpi(figures: Mapping[Figure, Value], kpi_id: str, variant: str = "default") -> dict[Figure, Value]:
    """The figures of one KPI.

    Args:
        figures: Figures of several.
        kpi_id: Its id.
        variant: Which of its variants.
    """
    return {f: value for f, value in figures.items() if (f.kpi_id, f.variant) == (kpi_id, variant)}


def in_own_slices(figures: Mapping[Figure, Value]) -> dict[Figure, Value]:
    """Those of the slices in which their KPI is told.

    Args:
        figures: Figures made of another KPI's.
    """
    slices = registered_slices()
    return {figure: value for figure, value in figures.items() if figure.slice in slices[figure.kpi_id]}
