"""The backlog of every day and slice value: counted from changes, and from a ticket × day spine."""

from collections.abc import Sequence

import duckdb

from bench.compiled import compiled_models
from bench.measure import seconds, show
from orchestration.warehouse import Warehouse

_MODELS = ("int_backlog_movements", "int_backlog_changes_daily", "fct_backlog_daily")

# What the field does: a row per ticket and day it was open at the end of, then a count.
_SPINE = """
    create table backlog_from_spine as
    with tickets_by_day as (
        select
            days.date_day, tickets.source_system, tickets.channel, tickets.ticket_type, tickets.priority,
            spells.team, spells.agent_key
        from publication.core.dim_date as days
        cross join publication.core.fct_tickets as tickets
        inner join publication.core.fct_ticket_spells as spells on tickets.ticket_key = spells.ticket_key
        cross join build.meta.run as run
        where not tickets.is_spam and not tickets.is_test
            and spells.status not in ('solved', 'closed')
            and cast(spells.started_at at time zone 'UTC' at time zone run.reporting_time_zone as date)
                <= days.date_day
            and (
                spells.ended_at is null
                or cast(spells.ended_at at time zone 'UTC' at time zone run.reporting_time_zone as date)
                    > days.date_day
            )
    )
    select
        date_day, slices.slice,
        case slices.slice
            when 'all' then 'all'
            when 'source_system' then source_system
            when 'channel' then channel
            when 'team' then coalesce(team, 'unassigned')
            when 'agent' then coalesce(agent_key, 'unassigned')
            when 'priority' then coalesce(priority, 'unknown')
            when 'ticket_type' then ticket_type
        end as slice_value,
        count(*) as backlog_count
    from tickets_by_day
    cross join publication.core.dim_slice as slices
    group by all
"""
_DIFFERENCES = """
    select count(*), count_if(coalesce(changes.backlog_count, 0) <> coalesce(spine.backlog_count, 0))
    from backlog_from_changes as changes
    full join backlog_from_spine as spine using (date_day, slice, slice_value)
"""


def bench_backlog(warehouse: Warehouse) -> None:
    """Count the backlog both ways on the tables of a warehouse, and print seconds and whether counts agree.

    Args:
        warehouse: A refreshed warehouse; only read.
    """
    models = compiled_models(_MODELS, warehouse)
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("attach ? as build (read_only)", [str(warehouse.build_file)])
        connection.execute("attach ? as publication (read_only)", [str(warehouse.publication_file)])
        from_changes = seconds(lambda: _from_changes(connection, models))
        from_spine = seconds(lambda: connection.execute(_SPINE))
        counted = connection.execute(_DIFFERENCES).fetchone()
    days, differing = counted or (0, 0)
    equal = "all equal" if differing == 0 else f"{differing:,} DIFFER"
    show(
        "Backlog per day and slice value",
        ("from changes (the models' SQL)", from_changes),
        [("from a ticket × day spine", from_spine)],
        [f"{days:,} counts: {equal}."],
    )


def _from_changes(connection: duckdb.DuckDBPyConnection, models: Sequence[tuple[str, str]]) -> None:
    """Run the models one on another in memory, leaving the warehouse's own tables alone."""
    names: dict[str, str] = {}
    for (relation, sql), model in zip(models, _MODELS, strict=True):
        name = "backlog_from_changes" if model == _MODELS[-1] else model
        statement = sql
        for original, copy in names.items():
            statement = statement.replace(original, copy)
        connection.execute(f"create table {name} as {statement}")
        names[relation] = f"memory.main.{name}"
