-- Grain: one ratio of trainers to new hires in training × slice value × period, as at the period's last day.
with

agents as (

    select * from {{ ref('dim_agent') }}
    where is_active and (is_trainer or (hired_on is not null and in_training_until is not null))

),

period_ends as (

    select period_grain, period_start, is_over, max(date_day) as date_day
    from {{ ref('bridge_date_period') }}
    group by period_grain, period_start, is_over

),

sliced as (

    select 'all' as slice, 'all' as slice_value, * from agents
    union all
    select 'source_system' as slice, source_system as slice_value, * from agents
    union all
    select 'team' as slice, coalesce(home_team, 'unassigned') as slice_value, * from agents

),

first_trained as (

    select slice, slice_value, min(hired_on) as first_day
    from sliced
    where in_training_until is not null
    group by slice, slice_value

),

marked as (

    select
        period_ends.*,
        first_trained.slice,
        first_trained.slice_value,
        coalesce(sliced.is_trainer, false) and coalesce(sliced.hired_on <= period_ends.date_day, true) as is_trainer,
        coalesce(period_ends.date_day between sliced.hired_on and sliced.in_training_until, false) as is_in_training
    from period_ends
    inner join first_trained on period_ends.date_day >= first_trained.first_day
    inner join sliced on first_trained.slice = sliced.slice and first_trained.slice_value = sliced.slice_value

),

-- Who is still in training trains nobody.
levels as (

    select
        period_grain,
        period_start,
        is_over,
        slice,
        slice_value,
        sum(case when is_trainer and not is_in_training then 1 else 0 end) as trainers,
        sum(case when is_in_training then 1 else 0 end) as new_hires
    from marked
    group by period_grain, period_start, is_over, slice, slice_value

),

final as (

    select
        'trainer_ratio' as kpi_id,
        'default' as variant,
        'as_of' as attribution,
        'rate' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        cast(trainers as double) / nullif(new_hires, 0) as value,
        cast(trainers as double) as numerator,
        cast(new_hires as double) as denominator,
        cast(new_hires as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from levels

)

select * from final
