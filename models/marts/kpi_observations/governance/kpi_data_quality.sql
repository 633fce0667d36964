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

first_days as (

    select min(created_on) as first_day from daily_counts

),

periods as (

    select * from {{ ref('bridge_date_period') }}

),

counted as (

    select
        periods.period_grain,
        periods.period_start,
        periods.is_over,
        cast(coalesce(sum(daily_counts.whole_count), 0) as double) as whole_count,
        cast(coalesce(sum(daily_counts.censored_count), 0) as double) as censored_count,
        coalesce(sum(daily_counts.immature_count), 0) as immature_count,
        cast(coalesce(sum(daily_counts.ticket_count), 0) as double) as ticket_count
    from periods
    inner join first_days on periods.date_day >= first_days.first_day
    left join daily_counts on periods.date_day = daily_counts.created_on
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
        numerator / nullif(ticket_count, 0) as value,
        numerator,
        ticket_count as denominator,
        cast(ticket_count as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_complete
    from unioned

)

select * from final
