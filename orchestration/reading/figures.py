"""The figures a scorecard shows, as they stand in the published file."""

from dataclasses import dataclass
from datetime import date

from orchestration.errors import UsageError
from orchestration.publishing.database import has_table, open_database
from orchestration.warehouse import Warehouse

# Rates of these units are so much for each of something else, and no shares.
_QUOTIENTS = ("ratio", "per_ticket", "money")


@dataclass(frozen=True)
class Line:
    """One figure of the scorecard: the columns of marts.kpi_scorecard beside those of marts.dim_kpi."""

    category: str
    name: str
    direction: str
    unit: str
    kpi_id: str
    variant: str
    attribution: str
    statistic: str
    clock: str
    period_start: date
    value: float | None
    change: float | None
    change_rate: float | None
    last_year_value: float | None
    is_suppressed: bool
    target: float | None
    target_comparator: str | None
    status: str | None
    benchmark_value: float | None
    benchmark_source: str | None

    @property
    def figure_unit(self) -> str:
        """Unit of this statistic: how many, or what share, is no duration even of a duration KPI."""
        if self.statistic == "rate" and self.unit in _QUOTIENTS:
            return self.unit
        return self.statistic if self.statistic in ("count", "rate") else self.unit

    @property
    def is_judged(self) -> bool:
        """Whether there is a target or a benchmark to hold it against."""
        return self.target is not None or self.benchmark_value is not None


# One figure a KPI where that tells it: its own definition, date and clock, and the median of what has one.
_FIGURES = """
with figures as (
    select
        coalesce(dim_kpi.category, 'unregistered') as category,
        coalesce(dim_kpi.name, kpi_scorecard.kpi_id) as name,
        coalesce(dim_kpi.direction, 'context') as direction,
        coalesce(dim_kpi.unit, 'unknown') as unit,
        kpi_scorecard.*,
        (variant = 'default' or not bool_or(variant = 'default') over of_kpi)
        and (
            kpi_scorecard.attribution = dim_kpi.attribution
            or not bool_or(kpi_scorecard.attribution = dim_kpi.attribution) over of_kpi
        )
        and clock <> 'business'
        and (statistic not in ('mean', 'p90', 'km_median', 'km_p90')
            or not bool_or(statistic = 'median') over of_kpi)
            as is_headline
    from marts.kpi_scorecard
    left join marts.dim_kpi using (kpi_id)
    where slice = 'all' and period_grain = ? and statistic <> 'p95'
    window of_kpi as (partition by kpi_scorecard.kpi_id)
)

select
    category, name, direction, unit, kpi_id, variant, attribution, statistic, clock,
    cast(period_start as date), value, change, change_rate, last_year_value,
    is_suppressed, target, target_comparator, status, benchmark_value, benchmark_source
from figures
where ? or coalesce(is_headline, true) or target is not null or benchmark_value is not null
order by category, kpi_id, variant, attribution, statistic, clock, period_start
"""


def read_lines(warehouse: Warehouse, grain: str, *, every_figure: bool) -> tuple[list[Line], set[str]]:
    """The scorecard of all tickets, by category, KPI and variant.

    Args:
        warehouse: A warehouse that has a publication.
        grain: Period grain of the figures.
        every_figure: Whether every variant, date, clock and statistic of a KPI is wanted, or what tells it.

    Returns:
        The figures, and the names of the source systems they come from.

    Raises:
        UsageError: The publication holds no scorecard.
    """
    with open_database(warehouse.published_file, read_only=True) as connection:
        if not has_table(connection, "marts", "kpi_scorecard"):
            raise UsageError(f"{warehouse.published_file}: holds no marts.kpi_scorecard; refresh it")
        rows = connection.execute(_FIGURES, [grain, every_figure]).fetchall()
        systems = connection.execute(
            "select distinct slice_value from marts.kpi_scorecard where slice = 'source_system'"
        ).fetchall()
    return [Line(*row) for row in rows], {system for (system,) in systems}
