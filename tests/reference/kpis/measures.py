"""How the cases of a KPI become its figures of a period, by every measure there is.

A slice value has figures from the first period on in which its KPI saw it, of empty periods too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tests.reference.censoring import Case as Wait
from tests.reference.censoring import kaplan_meier_quantile
from tests.reference.kpis.accumulators import MEASURES, divided, subjects
from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.registry import registered_slices

__all__ = ["divided", "told_figures", "told_levels"]

SURVIVAL = {"km_median": Fraction(1, 2), "km_p90": Fraction(9, 10)}


def _survival(cases: Sequence[Case]) -> Iterator[tuple[str, Value]]:
    """Of a case that still runs the numerator is how long it is known to have run."""
    waits = [
        Wait(None if case.is_censored else int(case.numerator or 0), int(case.numerator or 0))
        for case in cases
    ]
    for statistic, share in SURVIVAL.items():
        quantile = kaplan_meier_quantile(waits, share)
        yield statistic, Value(None if quantile is None else float(quantile))


def _told(measure: str, cases: Sequence[Case]) -> Iterator[tuple[str, Value]]:
    """What has no value yet, or is in neither part, is not among the n that were counted."""
    counted = [case for case in cases if not case.is_censored and case.numerator is not None]
    values = (
        _survival(cases)
        if measure == "survival"
        else ((statistic, accumulate(counted)) for statistic, accumulate in MEASURES[measure].items())
    )
    n, n_censored = _counted(measure, counted), sum(case.is_censored for case in cases)
    for statistic, value in values:
        yield statistic, replace(value, n=n, n_censored=n_censored)


def _counted(measure: str, cases: Sequence[Case]) -> int:
    """How many were counted: of distinct ones, each once."""
    if measure == "distinct_rate":
        return subjects(case for case in cases if case.denominator)
    if measure in ("distinct_count", "distinct_per_unit"):
        return subjects(case for case in cases if case.numerator)
    return len(cases)


def told_figures(
    cases: Iterable[Case], periods: Sequence[Period], slices: Mapping[str, Sequence[str]] | None = None
) -> dict[Figure, Value]:
    """Tell the figures of some periods.

    Args:
        cases: All cases of any number of KPIs; those of other periods say which slice values are known.
        periods: The periods to tell.
        slices: The slices of each KPI by its id; the registered ones when not told.
    """
    slices = slices or registered_slices()
    groups: dict[tuple, list[Case]] = defaultdict(list)
    for case in cases:
        told = (case.kpi_id, case.variant, case.attribution, case.clock, case.measure)
        for name in slices[case.kpi_id]:
            groups[*told, name, case.where.slice_value(name)].append(case)
    figures = {}
    for (kpi_id, variant, attribution, clock, measure, name, value), found in groups.items():
        known_from = min(case.on for case in found)
        for period in periods:
            if known_from > period.last:
                continue
            for statistic, told in _told(measure, [case for case in found if period.has(case.on)]):
                figure = Figure(
                    kpi_id, variant, attribution, statistic, clock, period.grain, period.start, name, value
                )
                if figure in figures:
                    raise ValueError(f"told twice: {figure}")
                figures[figure] = told
    return figures


def told_levels(
    cases: Iterable[Case], periods: Sequence[Period], slices: Mapping[str, Sequence[str]] | None = None
) -> dict[Figure, Value]:
    """Tell levels: what a period's last day says, of cases that come anew on every day.

    Args:
        cases: As for ``told_figures``, each on the day at whose end it was so.
        periods: The periods to tell.
        slices: The slices of each KPI by its id; the registered ones when not told.
    """
    starts = {(period.grain, period.last): period.start for period in periods}
    ends = [Period(period.grain, period.last, period.last) for period in periods]
    return {
        replace(figure, period_start=starts[figure.period_grain, figure.period_start]): value
        for figure, value in told_figures(cases, ends, slices).items()
    }
