-- Grain: one KPI of what tickets are about × variant × period × slice value: arithmetic on the tickets created.
with

created as (

    select * from {{ ref('kpi_period_aggregates') }} where kpi_id = 'tickets_created' and variant = 'default'

),

spine as (

    select *
    from {{ ref('kpi_periods') }}
    where kpi_id = 'tickets_created' and variant = 'default' and slice in ('all', 'ticket_type')

),

top_types as (

    select * from {{ ref('top_ticket_types') }} where type_rank = 1

),

first_days as (

    select min(date_day) as first_day from {{ ref('dim_date') }}

),

counted as (

    select
        spine.period_grain,
        spine.period_start,
        spine.is_over,
        spine.slice,
        spine.slice_value,
        -- Days and weeks look back 52 weeks, so that weekdays match.
        case
            when spine.period_grain in ('day', 'week') then {{ days_after('spine.period_start', -364) }}
            else {{ months_after('spine.period_start', -12) }}
        end as last_year_start,
        coalesce(created.numerator, 0) as tickets,
        coalesce(whole.numerator, 0) as all_tickets
    from spine
    left join created
        on spine.period_grain = created.period_grain
            and spine.period_start = created.period_start
            and spine.slice = created.slice
            and spine.slice_value = created.slice_value
    left join created as whole
        on spine.period_grain = whole.period_grain and spine.period_start = whole.period_start and whole.slice = 'all'

),

-- A window that began before the log is no window to grow from.
grown as (

    select counted.*, last_year.tickets as last_year_tickets
    from counted
    inner join counted as last_year
        on counted.period_grain = last_year.period_grain
            and counted.last_year_start = last_year.period_start
            and counted.slice = last_year.slice
            and counted.slice_value = last_year.slice_value
    inner join first_days on last_year.period_start >= first_days.first_day

),

unioned as (

    select
        'tickets_by_type' as kpi_id, 'default' as variant, 'count' as statistic, period_grain, period_start, is_over,
        slice, slice_value, tickets as value, cast(null as double) as numerator, cast(null as double) as denominator, tickets as n
    from counted
    union all
    select
        'tickets_by_type' as kpi_id, 'share' as variant, 'rate' as statistic, period_grain, period_start, is_over,
        slice, slice_value, tickets / nullif(all_tickets, 0) as value, tickets as numerator, all_tickets as denominator, all_tickets as n
    from counted
    where slice = 'ticket_type'
    union all
    select
        'top_ticket_type' as kpi_id, 'default' as variant, 'rate' as statistic, counted.period_grain, counted.period_start,
        counted.is_over, counted.slice, counted.slice_value,
        coalesce(top_types.ticket_count, 0) / nullif(counted.all_tickets, 0) as value,
        coalesce(top_types.ticket_count, 0) as numerator, counted.all_tickets as denominator, counted.all_tickets as n
    from counted
    left join top_types
        on counted.period_grain = top_types.period_grain and counted.period_start = top_types.period_start
    where counted.slice = 'all'
    union all
    select
        'type_growth_pct' as kpi_id, 'default' as variant, 'rate' as statistic, period_grain, period_start, is_over,
        slice, slice_value, (tickets - last_year_tickets) / nullif(last_year_tickets, 0) as value,
        tickets - last_year_tickets as numerator, last_year_tickets as denominator, tickets as n
    from grown

),

final as (

    select
        kpi_id,
        variant,
        'created' as attribution,
        statistic,
        'none' as clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        cast(value as double) as value,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator,
        cast(n as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from unioned

)

select * from final
