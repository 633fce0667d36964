-- Grain: one period × variant: the share of its tickets on which nothing is missing, and of those whose end is not known.
with

daily_counts as (

    select
        created_on,
        sum(case when has_missing_inputs then 0 else 1 end) as whole_count,
        sum(case when is_censored then 1 else 0 end) as censored_count,
        sum(case when is_mature then 0 else 1 end) as immature_count,
        count(*) as ticket_count
    from {{ ref('kpi_ticket_inputs') }}
    group by created_on

),

periods as (

    select * from {{ ref('bridge_date_period') }}

),

counted as (

    select
        periods.period_grain,
        periods.period_start,
        periods.is_over,
        cast(sum(daily_counts.whole_count) as double) as whole_count,
        cast(sum(daily_counts.censored_count) as double) as censored_count,
        sum(daily_counts.immature_count) as immature_count,
        cast(sum(daily_counts.ticket_count) as double) as ticket_count
    from daily_counts
    inner join periods on daily_counts.created_on = periods.date_day
    group by periods.period_grain, periods.period_start, periods.is_over

),

unioned as (

    select 'default' as variant, whole_count as numerator, is_over as is_complete, * from counted
    union all
    select 'censored' as variant, censored_count as numerator, is_over and immature_count = 0 as is_complete, * from counted

),

final as (

    select
        'kpi_data_quality' as kpi_id,
        variant,
        'created' as attribution,
        'rate' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        'all' as slice,
        'all' as slice_value,
        numerator / ticket_count as value,
        numerator,
        ticket_count as denominator,
        cast(ticket_count as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_complete
    from unioned

)

select * from final
