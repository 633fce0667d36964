"""What the page should show, asked of the marts and written as ``helpdesk scorecard`` writes it."""

from dataclasses import dataclass
from datetime import date

import duckdb

from orchestration.reading.units import value_text

_QUOTIENTS = ("ratio", "per_ticket", "money")
_FIGURE = """
select value, n, period_start
from told
where figure = ? and slice = ? and slice_value = ? and period_grain = ? and period_start between ? and ?
    and is_complete
order by period_start desc
limit 1
"""


@dataclass(frozen=True)
class Shown:
    """A figure as text, and the period it is of.

    Attributes:
        texts: Two at the edge of rounding: 1.575 is 1.57 to Python and 1.58 to a browser.
        period: None where there is no complete one.
    """

    texts: frozenset[str]
    period: date | None


def last_complete(
    marts: duckdb.DuckDBPyConnection,
    figure: str,
    choice: tuple[str, str],
    grain: str,
    periods: tuple[str, str],
) -> Shown:
    """A figure's last complete period within a range, as text.

    Args:
        marts: The published file, with its figures as ``told``.
        figure: Its five columns, with colons.
        choice: Slice and slice value.
        grain: Period grain.
        periods: First and last period of the range.
    """
    kpi_id, _, _, statistic, _ = figure.split(":")
    unit, streams = marts.execute(
        "select unit, required_streams from marts.dim_kpi where kpi_id = ?", [kpi_id]
    ).fetchone()
    if not (statistic == "rate" and unit in _QUOTIENTS) and statistic in ("count", "rate"):
        unit = statistic
    found = marts.execute(_FIGURE, [figure, *choice, grain, *periods]).fetchone()
    if found is None:
        return Shown(frozenset({"–"}), None)
    value, n, start = found
    is_survey = "surveys" in streams.split() and statistic not in ("count", "sum")
    minimum = marts.execute("select survey_minimum_n from core.dim_scorecard_rule").fetchone()[0]
    return Shown(texts(None if is_survey and n < minimum else value, unit), start)


def texts(value: float | None, unit: str) -> frozenset[str]:
    """A value as an English page may show it."""
    if value is None or (unit == "count" and value == round(value)):
        near = [value]
    else:
        near = [value * (1 - 1e-7), value * (1 + 1e-7)]
    return frozenset(value_text(each, unit).replace(" %", "%") for each in near)


def month_text(start: date) -> str:
    """A month as an English page names it."""
    return f"{start:%b %Y}".replace("Sep ", "Sept ")
