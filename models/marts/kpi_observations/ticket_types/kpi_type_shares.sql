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

counted as (

    select
        spine.period_grain,
        spine.period_start,
        spine.is_over,
        spine.slice,
        spine.slice_value,
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
