"""The figures a scorecard shows, as they stand in the published file."""

from dataclasses import dataclass
from datetime import date

from orchestration.errors import UsageError
from orchestration.publishing.database import has_table, open_database
from orchestration.warehouse import Warehouse

# Rates of these units are so much for each of something else, and no shares.
_QUOTIENTS = ("ratio", "per_ticket", "score", "money")


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


def read_lines(warehouse: Warehouse, grain: str) -> tuple[list[Line], set[str]]:
    """The scorecard of all tickets, by category, KPI and variant.

    Args:
        warehouse: A warehouse that has a publication.
        grain: Period grain of the figures.

    Returns:
        The figures, and the names of the source systems they come from.

    Raises:
        UsageError: The publication holds no scorecard.
    """
    with open_database(warehouse.published_file, read_only=True) as connection:
        if not has_table(connection, "marts", "kpi_scorecard"):
            raise UsageError(f"{warehouse.published_file}: holds no marts.kpi_scorecard; refresh it")
        rows = connection.execute(
            """
            select
                coalesce(dim_kpi.category, 'unregistered'), coalesce(dim_kpi.name, kpi_scorecard.kpi_id),
                coalesce(dim_kpi.direction, 'context'), coalesce(dim_kpi.unit, 'unknown'),
                kpi_id, variant, kpi_scorecard.attribution, statistic, clock, cast(period_start as date),
                value, change, change_rate, last_year_value,
                is_suppressed, target, target_comparator, status, benchmark_value, benchmark_source
            from marts.kpi_scorecard
            left join marts.dim_kpi using (kpi_id)
            where slice = 'all' and period_grain = ? and statistic <> 'p95'
            order by 1, kpi_id, variant, kpi_scorecard.attribution, statistic, clock, period_start
            """,
            [grain],
        ).fetchall()
        systems = connection.execute(
            "select distinct slice_value from marts.kpi_scorecard where slice = 'source_system'"
        ).fetchall()
    return [Line(*row) for row in rows], {system for (system,) in systems}
