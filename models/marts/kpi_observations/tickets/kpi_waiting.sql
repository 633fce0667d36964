-- Grain: one KPI of waiting customers × statistic × slice value × period of a week or longer, and the last day.
with

slices as (

    select * from {{ ref('kpi_registry_slices') }} where kpi_id = 'open_requests_waiting'

),

-- Whose customer is not known is one of its own.
waiting as (

    select
        backlog.period_end_on,
        backlog.waiting_seconds,
        coalesce(tickets.requester_key, tickets.ticket_key) as customer_key,
        backlog.team,
        backlog.agent_key,
        tickets.source_system,
        tickets.channel,
        tickets.priority,
        tickets.ticket_type
    from {{ ref('fct_backlog_at_period_ends') }} as backlog
    inner join {{ ref('fct_tickets') }} as tickets on backlog.ticket_key = tickets.ticket_key
    where backlog.waiting_seconds is not null

),

counted as (

    select
        period_end_on,
        slice,
        slice_value,
        count(distinct customer_key) as customer_count,
        count(*) as ticket_count,
        max(waiting_seconds) as longest_seconds,
        percentile_cont(0.5) within group (order by waiting_seconds) as median_seconds
    from (
        select
            waiting.*,
            slices.slice,
            {{ slice_value() }} as slice_value
        from waiting
        cross join slices
    )
    group by period_end_on, slice, slice_value

),

last_days as (

    select max(date_day) as last_day from {{ ref('dim_date') }}

),

-- From when customers of that slice value were first seen waiting: without messages nobody ever is.
first_seen as (

    select slice, slice_value, min(period_end_on) as first_seen_on from counted group by slice, slice_value

),

filled as (

    select
        levels.period_grain,
        levels.period_start,
        levels.is_over,
        levels.slice,
        levels.slice_value,
        coalesce(counted.customer_count, 0) as customer_count,
        coalesce(counted.ticket_count, 0) as ticket_count,
        counted.longest_seconds,
        counted.median_seconds
    from {{ ref('kpi_backlog_levels') }} as levels
    cross join last_days
    inner join first_seen
        on levels.slice = first_seen.slice
            and levels.slice_value = first_seen.slice_value
            and levels.date_day >= first_seen.first_seen_on
    left join counted
        on levels.date_day = counted.period_end_on
            and levels.slice = counted.slice
            and levels.slice_value = counted.slice_value
    where levels.period_grain <> 'day' or levels.date_day = last_days.last_day

),

unioned as (

    select
        'open_requests_waiting' as kpi_id, 'count' as statistic, 'none' as clock,
        cast(customer_count as double) as value, customer_count as n, filled.*
    from filled
    union all
    select
        'waiting_time_oldest' as kpi_id, 'max' as statistic, 'calendar' as clock,
        cast(longest_seconds as double) as value, ticket_count as n, filled.*
    from filled
    union all
    select
        'waiting_time_oldest' as kpi_id, 'median' as statistic, 'calendar' as clock,
        cast(median_seconds as double) as value, ticket_count as n, filled.*
    from filled

),

final as (

    select
        kpi_id,
        'default' as variant,
        'as_of' as attribution,
        statistic,
        clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        value,
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        cast(n as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from unioned

)

select * from final
