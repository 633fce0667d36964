"""Says in lines that a person can read where published KPI values are not those of the reference."""

import math
from collections import defaultdict
from collections.abc import Mapping

from tests.python.conftest import Helpdesk
from tests.reference.kpis.figures import Figure, Period, Value

_SHOWN_PER_KPI = 5
_COLUMNS = """
    kpi_id, variant, attribution, statistic, clock, period_grain, period_start, slice, slice_value,
    value, numerator, denominator, n, n_censored
"""


def published_where(helpdesk: Helpdesk, condition: str, *parameters: object) -> dict[Figure, Value]:
    """What is published under a condition.

    Args:
        helpdesk: Whose warehouse to read.
        condition: SQL that limits the rows.
        parameters: What its question marks stand for.
    """
    rows = helpdesk.rows(f"select {_COLUMNS} from marts.kpi_values where {condition}", *parameters)
    return {Figure(*row[:9]): Value(*row[9:]) for row in rows}


def published_figures(helpdesk: Helpdesk, period: Period, condition: str = "true") -> dict[Figure, Value]:
    """What is published of a period and of every day in it.

    Args:
        helpdesk: Whose warehouse to read.
        period: A period longer than a day.
        condition: SQL that limits the rows.
    """
    return published_where(
        helpdesk,
        f"({condition}) and ((period_grain = ? and period_start = ?)"
        " or (period_grain = 'day' and period_start between ? and ?))",
        period.grain,
        period.start,
        period.start,
        period.last,
    )


def _is_same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    # Sums in another order differ in the last digit.
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def _equals(one: Value, other: Value) -> bool:
    counts = (one.n, one.n_censored) == (other.n, other.n_censored)
    pairs = ((one.value, other.value), (one.numerator, other.numerator), (one.denominator, other.denominator))
    return counts and all(_is_same(*pair) for pair in pairs)


def differences(published: Mapping[Figure, Value], expected: Mapping[Figure, Value]) -> list[str]:
    """One text for each KPI that differs: how many figures do, and the first few of them.

    Args:
        published: What the warehouse says.
        expected: What the reference says.
    """
    wrong: dict[str, list[str]] = defaultdict(list)
    for figure in sorted(published.keys() | expected.keys()):
        found, told = published.get(figure), expected.get(figure)
        if found is None or told is None or not _equals(found, told):
            wrong[figure.kpi_id].append(f"  {figure}\n    published {found}\n    reference {told}")
    return [
        "\n".join([f"{kpi_id}: {len(lines)} figures differ", *lines[:_SHOWN_PER_KPI]])
        for kpi_id, lines in wrong.items()
    ]
