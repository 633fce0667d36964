-- Grain: one staffing KPI × variant × statistic × queue × period, of the half hours that are over.
with

requirements as (

    select * from {{ ref('staffing_requirements') }} where is_over

),

periods as (

    select * from {{ ref('bridge_date_period') }}

),

daily as (

    select
        slice,
        slice_value,
        date_day,
        sum(forecast_count) as forecast_count,
        sum(last_week_count) as last_week_count,
        sum(contact_count) as contact_count,
        {{ exact_sum('workload_seconds') }} as workload_seconds,
        sum(required_agents) as required_agents,
        max(required_agents) as most_required_agents,
        count(required_agents) as required_half_hours,
        {{ exact_sum('case when required_agents is not null then scheduled_agents end') }} as scheduled_agents,
        sum(case when scheduled_agents is not null then required_agents end) as measured_required_agents,
        count(case when scheduled_agents is not null then required_agents end) as measured_half_hours
    from requirements
    group by slice, slice_value, date_day

),

-- A day's forecast is held against what came, in half hours without a forecast too: they are too small to be wrong by a share.
came as (

    select slice, slice_value, date_day, sum(contact_count) as contact_count
    from {{ ref('staffing_contacts') }}
    group by slice, slice_value, date_day

),

first_seen as (

    select slice, slice_value, min(date_day) as first_day from daily group by slice, slice_value

),

-- From its first forecast on a queue's days are forecast: one of which no week before told a contact, as zero.
judged as (

    select
        came.slice,
        came.slice_value,
        came.date_day,
        abs(came.contact_count - coalesce(daily.forecast_count, 0)) / came.contact_count as forecast_error,
        abs(came.contact_count - coalesce(daily.last_week_count, 0)) / came.contact_count as naive_error
    from came
    cross join {{ ref('dim_staffing_target') }} as targets
    inner join first_seen
        on came.slice = first_seen.slice
            and came.slice_value = first_seen.slice_value
            and came.date_day >= first_seen.first_day
    left join daily
        on came.slice = daily.slice and came.slice_value = daily.slice_value and came.date_day = daily.date_day
    where targets.last_day > came.date_day

),

summed as (

    select
        periods.period_grain,
        periods.period_start,
        periods.is_over,
        first_seen.slice,
        first_seen.slice_value,
        coalesce({{ exact_sum('daily.workload_seconds') }}, 0) as workload_seconds,
        cast(sum(daily.required_agents) as double) as required_agents,
        cast(max(daily.most_required_agents) as double) as most_required_agents,
        coalesce(sum(daily.required_half_hours), 0) as half_hours,
        {{ exact_sum('daily.scheduled_agents') }} as scheduled_agents,
        cast(sum(daily.measured_required_agents) as double) as measured_required_agents,
        coalesce(sum(daily.measured_half_hours), 0) as measured_half_hours,
        {{ exact_sum('judged.forecast_error') }} as forecast_error,
        {{ exact_sum('judged.naive_error') }} as naive_error,
        count(judged.forecast_error) as judged_days
    from first_seen
    cross join periods
    left join daily
        on first_seen.slice = daily.slice
            and first_seen.slice_value = daily.slice_value
            and periods.date_day = daily.date_day
    left join judged
        on first_seen.slice = judged.slice
            and first_seen.slice_value = judged.slice_value
            and periods.date_day = judged.date_day
    group by
        periods.period_grain, periods.period_start, periods.is_over,
        first_seen.slice, first_seen.slice_value, first_seen.first_day
    having max(periods.date_day) >= first_seen.first_day

),

unioned as (

    select
        'expected_workload_hours' as kpi_id, 'default' as variant, 'sum' as statistic, workload_seconds as value,
        cast(null as double) as numerator, cast(null as double) as denominator, half_hours as n, summed.*
    from summed
    union all
    select
        'expected_workload_hours' as kpi_id, 'mape' as variant, 'rate' as statistic, forecast_error / nullif(judged_days, 0) as value,
        forecast_error as numerator, cast(judged_days as double) as denominator, judged_days as n, summed.*
    from summed
    union all
    select
        'expected_workload_hours' as kpi_id, 'mape_seasonal_naive' as variant, 'rate' as statistic,
        naive_error / nullif(judged_days, 0) as value,
        naive_error as numerator, cast(judged_days as double) as denominator, judged_days as n, summed.*
    from summed
    union all
    select
        'required_agents' as kpi_id, 'default' as variant, 'mean' as statistic, required_agents / nullif(half_hours, 0) as value,
        required_agents as numerator, cast(half_hours as double) as denominator, half_hours as n, summed.*
    from summed
    union all
    select
        'required_agents' as kpi_id, 'default' as variant, 'max' as statistic, most_required_agents as value,
        cast(null as double) as numerator, cast(null as double) as denominator, half_hours as n, summed.*
    from summed
    union all
    select
        'staffing_adequacy' as kpi_id, 'default' as variant, 'rate' as statistic,
        scheduled_agents / nullif(measured_required_agents, 0) as value,
        scheduled_agents as numerator, measured_required_agents as denominator, measured_half_hours as n, summed.*
    from summed

),

final as (

    select
        kpi_id,
        variant,
        'event' as attribution,
        statistic,
        'none' as clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        cast(value as double) as value,
        cast(numerator as double) as numerator,
        denominator,
        cast(n as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from unioned

)

select * from final
