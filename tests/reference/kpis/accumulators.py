"""What each statistic makes of the cases that were counted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from tests.reference.kpis.figures import Case, Value


def divided(numerator: float, denominator: float) -> float | None:
    """A ratio; without a denominator there is none.

    Args:
        numerator: Above the line.
        denominator: Below it.
    """
    return numerator / denominator if denominator else None


def interpolated_quantile(values: Sequence[float], share: float) -> float | None:
    """The continuous quantile: between the two values around it in proportion.

    Args:
        values: The values.
        share: The quantile, 0.5 for the median.
    """
    if not values:
        return None
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _sums(cases: Sequence[Case]) -> tuple[float, float]:
    return sum(c.numerator or 0 for c in cases), sum(c.denominator or 0 for c in cases)


def subjects(cases: Iterable[Case]) -> int:
    """How many different subjects cases have.

    Args:
        cases: The cases.
    """
    return len({case.subject for case in cases if case.subject is not None})


def _added(cases: Sequence[Case]) -> Value:
    return Value(float(_sums(cases)[0]))


def _ratio(cases: Sequence[Case]) -> Value:
    above, below = _sums(cases)
    return Value(divided(above, below), above, below)


def _net_promoter(cases: Sequence[Case]) -> Value:
    ratio = _ratio(cases)
    return replace(ratio, value=None if ratio.value is None else 100 * ratio.value)


def _distinct(cases: Sequence[Case]) -> Value:
    return Value(float(subjects(case for case in cases if case.numerator)))


def _distinct_rate(cases: Sequence[Case]) -> Value:
    above = float(subjects(case for case in cases if case.numerator))
    below = float(subjects(case for case in cases if case.denominator))
    return Value(divided(above, below), above, below)


def _distinct_per_unit(cases: Sequence[Case]) -> Value:
    above, below = float(subjects(case for case in cases if case.numerator)), _sums(cases)[1]
    return Value(divided(above, below), above, below)


def _greatest(cases: Sequence[Case]) -> Value:
    return Value(max((case.numerator for case in cases if case.numerator is not None), default=None))


def _quantile(share: float) -> Callable[[Sequence[Case]], Value]:
    return lambda cases: Value(
        interpolated_quantile([case.numerator for case in cases if case.numerator is not None], share)
    )


# What each statistic makes of the cases that have a value.
MEASURES: Mapping[str, Mapping[str, Callable[[Sequence[Case]], Value]]] = {
    "count": {"count": _added},
    "distinct_count": {"count": _distinct},
    "sum": {"sum": _added},
    "max": {"max": _greatest},
    "oldest": {"max": _greatest, "median": _quantile(0.5)},
    "ages": {"mean": _ratio, "median": _quantile(0.5), "p90": _quantile(0.9)},
    "rate": {"rate": _ratio},
    "distinct_rate": {"rate": _distinct_rate},
    "distinct_per_unit": {"rate": _distinct_per_unit},
    "score": {"score": _ratio},
    "net_promoter": {"score": _net_promoter},
    "average": {"mean": _ratio},
    "distribution": {
        "mean": _ratio,
        "median": _quantile(0.5),
        "p90": _quantile(0.9),
        "p95": _quantile(0.95),
    },
}
