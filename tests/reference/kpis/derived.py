"""Figures that are made of other KPIs' figures: which of them, and those of the period before."""

from collections.abc import Mapping
from datetime import timedelta

from tests.reference.kpis.figures import Figure, Period, Value
from tests.reference.kpis.registry import registered_slices


def before_period(period: Period) -> Period:
    """The day, week or month before.

    Args:
        period: A day, a week or a month.
    """
    last = period.start - timedelta(days=1)
    starts = {"day": last, "week": period.start - timedelta(weeks=1), "month": last.replace(day=1)}
    return Period(period.grain, starts[period.grain], last)


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
