"""A published file made by hand: as many periods, teams and figures as asked for, named as asked for."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from orchestration.report.pages import all_figures

CHANNELS = ("email", "phone", "web", "chat")
PRIORITIES = ("low", "normal", "high", "urgent")


def write_publication(
    file: Path, *, teams: Sequence[str], days: int = 70, run_id: str = "0123456789"
) -> Path:
    """Write a published file in which every figure of the page has a value for every period and slice value.

    Args:
        file: Where.
        teams: Names of the teams.
        days: How many days there are figures of, until 2017-02-18.
        run_id: The run it says it is of.
    """
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema core; create schema marts; create schema meta")
        connection.execute(
            "create table meta.publication as select ? as run_id, timestamp '2017-02-19' as as_of,"
            " timestamp '2017-02-19 02:00' as published_at, '{}' as versions, null::varchar as git_commit,"
            " 'f' as inputs_fingerprint",
            [run_id],
        )
        connection.execute(
            "create table meta.loads as select 10 as rows_landed, 'landed' as status"
            " union all select 0, 'duplicate' union all select 0, 'refused'"
        )
        connection.execute("create table core.dim_scorecard_rule as select 5 as survey_minimum_n")
        connection.execute(
            """
            create table core.bridge_date_period as
            with days as (select date '2017-02-18' - cast(range as integer) as date_day from range(?)),
            grains as (select unnest(['day', 'week', 'month', 'quarter', 'year']) as period_grain)
            select date_day, period_grain, cast(date_trunc(period_grain, date_day) as date) as period_start
            from days cross join grains
            """,
            [days],
        )
        connection.execute(
            "create table figures (kpi_id text, variant text, attribution text, statistic text, clock text)"
        )
        connection.executemany(
            "insert into figures values (?, ?, ?, ?, ?)", [name.split(":") for name in all_figures()]
        )
        values = [("channel", CHANNELS), ("priority", PRIORITIES), ("team", teams)]
        connection.execute("create table slices (slice text, slice_value text)")
        connection.executemany(
            "insert into slices values (?, ?)",
            [("all", "all"), *((name, value) for name, members in values for value in members)],
        )
        connection.execute("""
            create table marts.dim_kpi as
            select distinct
                kpi_id, kpi_id as name, 'volume' as category, 'seconds' as unit, 'context' as direction,
                'lead' as owner, 'actionable' as usage, 'Why?' as question, 'As told.' as definition,
                'a ÷ b' as formula, 'all channel team priority' as slices, 'event' as attribution,
                case when kpi_id in ('csat_score', 'ces') then 'tickets surveys' else 'tickets' end
                    as required_streams,
                kpi_id as label_en, kpi_id as label_tr, kpi_id as label_lv,
                kpi_id as label_ar, kpi_id as label_da, kpi_id as label_zh
            from figures;
            create table marts.kpi_values as
            select
                figures.*, period_grain, period_start, slice, slice_value,
                cast(hash(kpi_id, variant, statistic, period_start, slice_value) % 1000003 as double)
                    * 1000 / 7 as value,
                cast(hash(kpi_id, period_start, slice_value) % 20 as bigint) as n,
                cast(hash(kpi_id, period_start) % 3 as bigint) as n_censored,
                period_start < date '2017-02-01' as is_complete
            from figures
            cross join slices
            cross join (select distinct period_grain, period_start from core.bridge_date_period)
            where period_grain <> 'day' or period_start > date '2017-02-18' - 450;
            create table marts.kpi_coverage as
            select
                kpi_id, 'generic' as source_system, 'main' as source_account, true as has_required_streams,
                true as has_values, date '2016-12-01' as first_day, date '2017-02-18' as last_day,
                cast(0.125 as double) as missing_input_rate
            from marts.dim_kpi;
            create table marts.kpi_scorecard as
            select
                kpi_id, variant, attribution, statistic, clock, period_grain, period_start,
                slice, slice_value, value, n, n_censored, false as is_suppressed,
                null::double as interval_low,
                null::double as interval_high, null::double as change, null::double as change_rate,
                null::double as last_year_value, null::double as target, null::varchar as target_comparator,
                'no target' as status, null::double as benchmark_value, null::varchar as benchmark_source,
                null::varchar as benchmark_refusal
            from marts.kpi_values
            where is_complete and period_start = '2017-01-01' and slice = 'all';
            drop table figures;
            drop table slices
        """)
    return file
