"""What the KPI values and their registry must satisfy."""

from collections.abc import Iterable

from orchestration.expectations.declarations import Check
from orchestration.expectations.rules import never_null, one_of, rows, unique

# The closed lists of the published contract.
KPI_LISTS = {
    "attribution": ("created", "solved", "event", "as_of"),
    "statistic": (
        *("count", "sum", "mean", "median", "p90", "p95", "rate", "score", "max"),
        # Kaplan–Meier's, which count who still waits.
        *("km_median", "km_p90"),
    ),
    "clock": ("calendar", "business", "none"),
    "period_grain": ("day", "week", "month", "quarter", "year"),
    "slice": ("all", "source_system", "channel", "team", "agent", "priority", "ticket_type"),
}
KPI_KEY = (
    "kpi_id",
    "variant",
    "attribution",
    "statistic",
    "clock",
    "period_grain",
    "period_start",
    "slice",
    "slice_value",
)
_KPI_SAMPLE = "concat_ws(' ', kpi_id, variant, statistic, period_grain, period_start, slice, slice_value)"

_IS_RUNNING = """(select local_as_of from run) < period_start + case period_grain
  when 'day' then interval 1 day when 'week' then interval 7 days
  when 'month' then interval 1 month when 'quarter' then interval 3 months
  when 'year' then interval 1 year end"""

# Reopens of a day are no part of the solves of that day, so their rate may exceed 1.
_IS_SHARE = "statistic = 'rate' and kpi_id in (select kpi_id from marts.dim_kpi where is_share)"

_EXPECTED = "A registered KPI has values where all the streams it needs have landed."
_SILENT = """kpi_id in (
  select kpi_id from marts.kpi_coverage
  group by kpi_id having bool_or(has_required_streams) and not bool_or(has_values)
)"""

_NOT_EMPTY = """
select kpi_count > 0 or ticket_count = 0 as passed,
  format('{{:,}} values of {{:,}} tickets', kpi_count, ticket_count) as observed
from (
  select (select count(*) from {batch}) as kpi_count,
    (select count(*) from core.fct_tickets) as ticket_count
)
"""


def kpi_value_checks() -> Iterable[Check]:
    """The checks of ``marts.kpi_values``: a closed vocabulary, one row per key, numbers that can be."""
    asset = "marts.kpi_values"
    yield Check(asset, "is_not_empty", "error", "There are values when there are tickets.", query=_NOT_EMPTY)
    yield unique(asset, KPI_KEY, name="key_is_unique")
    for column, values in KPI_LISTS.items():
        yield from never_null(asset, column)
        yield one_of(asset, column, values)
    rules = (
        (
            "rates_are_shares",
            "A rate whose numerator is part of its denominator lies within 0 and 1.",
            f"{_IS_SHARE} and not value between 0 and 1",
        ),
        (
            "numerators_are_parts",
            "The numerator of such a rate is at most its denominator.",
            f"{_IS_SHARE} and numerator > denominator",
        ),
        (
            "periods_have_begun",
            "No period starts after as-of, in the reporting time zone.",
            "period_start > (select local_as_of from run)",
        ),
        (
            "running_periods_are_incomplete",
            "A period that contains as-of is not complete.",
            f"is_complete and {_IS_RUNNING}",
        ),
        (
            "kpi_is_registered",
            "Every kpi_id is in marts.dim_kpi.",
            "kpi_id is null or kpi_id not in (select kpi_id from marts.dim_kpi where kpi_id is not null)",
        ),
    )
    for name, expectation, violation in rules:
        yield rows(asset, name, expectation, violation, _KPI_SAMPLE)


def kpi_scorecard_checks() -> Iterable[Check]:
    """The checks of ``marts.kpi_scorecard``, the last table built: what it shows is over."""
    asset = "marts.kpi_scorecard"
    key = tuple(column for column in KPI_KEY if column != "period_start")
    yield unique(asset, key, name="key_is_unique")
    yield rows(asset, "periods_are_over", "Every period is over.", _IS_RUNNING, _KPI_SAMPLE)


def kpi_registry_checks() -> Iterable[Check]:
    """The checks of ``marts.dim_kpi``."""
    asset = "marts.dim_kpi"
    yield unique(asset, ("kpi_id",))
    yield rows(asset, "kpi_has_values", _EXPECTED, _SILENT, "kpi_id", severity="warning")
