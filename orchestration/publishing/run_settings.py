"""What the models know of the run: meta.run, one row."""

from datetime import datetime

import duckdb

from orchestration.publishing.builds import Build
from orchestration.publishing.record import naive_utc
from orchestration.settings import Settings


def write_run_settings(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    as_of: datetime,
    settings: Settings,
    earlier: Build | None = None,
) -> None:
    """Write the one row that models read instead of a clock.

    Args:
        connection: The build file, open for writing.
        run_id: Id of the refresh.
        as_of: The one "now" of the run; UTC.
        settings: The settings of the run.
        earlier: The build whose tables are kept; None when everything is built anew.
    """
    connection.execute(
        """
        create or replace table meta.run as
        select
            ? as run_id,
            cast(? as timestamp) as as_of,
            cast(? as timestamp) as built_through_at,
            cast(? as timestamp) as built_as_of,
            ? as reporting_time_zone,
            cast(? as bigint) as maturity_days,
            cast(? as bigint) as repeat_contact_days,
            cast(? as bigint) as short_abandon_seconds,
            cast(? as bigint) as default_response_hours,
            ? as response_hours,
            cast(? as bigint) as default_resolution_hours,
            ? as resolution_hours,
            cast(? as double) as service_level_target,
            cast(? as double) as maximum_occupancy,
            cast(? as double) as shrinkage,
            cast(? as bigint) as forecast_weeks,
            cast(? as double) as full_time_hours_per_week,
            cast(? as bigint) as answer_seconds,
            cast(? as bigint) as survey_minimum_n,
            ? as benchmark_industry,
            ? as reporting_currency,
            cast(? as bigint) as capex_months,
            cast(? as boolean) as publishes_agent_names
        """,
        [
            run_id,
            naive_utc(as_of),
            earlier.loaded_through if earlier else None,
            earlier.as_of if earlier else None,
            settings.reporting.time_zone,
            settings.thresholds.maturity_days,
            settings.thresholds.repeat_contact_days,
            settings.thresholds.short_abandon_seconds,
            settings.targets.default_response_hours,
            _listed(settings.targets.response_hours),
            settings.targets.default_resolution_hours,
            _listed(settings.targets.resolution_hours),
            settings.staffing.service_level_target,
            settings.staffing.maximum_occupancy,
            settings.staffing.shrinkage,
            settings.staffing.forecast_weeks,
            settings.staffing.full_time_hours_per_week,
            settings.targets.answer_seconds,
            settings.thresholds.survey_minimum_n,
            settings.benchmarks.industry,
            settings.reporting.currency,
            settings.money.capex_months,
            settings.publication.agent_names,
        ],
    )


def _listed(hours: list[int]) -> str:
    # Text, because a list is not the same thing in both engines; the models split it.
    return ",".join(map(str, hours))
