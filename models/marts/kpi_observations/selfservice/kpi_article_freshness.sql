-- Grain: one slice value × period: the share of articles that were fresh at its end (or at as_of).
with

articles as (

    select * from {{ ref('dim_article') }} where is_live

),

-- Reviewed no more than 180 days ago, and not flagged since.
spells as (

    select
        source_system,
        verdict_on as from_on,
        case
            when next_verdict_on < {{ days_after('verdict_on', 181) }} then next_verdict_on
            else {{ days_after('verdict_on', 181) }}
        end as until_on
    from {{ ref('fct_article_verdicts') }}
    where verdict = 'reviewed'

),

changes as (

    select source_system, published_on as changed_on, 1 as live_change, 0 as fresh_change from articles
    union all
    select source_system, from_on as changed_on, 0 as live_change, 1 as fresh_change from spells
    union all
    select source_system, until_on as changed_on, 0 as live_change, -1 as fresh_change from spells

),

slices as (

    select 'all' as slice, 'all' as slice_value, * from changes
    union all
    select 'source_system' as slice, source_system as slice_value, * from changes

),

days as (

    select date_day, min(date_day) over () as first_day from {{ ref('dim_date') }}

),

-- What changed before the first reporting day stands at it.
daily_changes as (

    select
        slices.slice, slices.slice_value, days.date_day,
        sum(slices.live_change) as live_change, sum(slices.fresh_change) as fresh_change
    from slices
    inner join days on greatest(slices.changed_on, days.first_day) = days.date_day
    group by slices.slice, slices.slice_value, days.date_day

),

first_days as (

    select slice, slice_value, min(date_day) as first_live_on from daily_changes group by slice, slice_value

),

levels as (

    select
        first_days.slice,
        first_days.slice_value,
        days.date_day,
        sum(coalesce(daily_changes.live_change, 0)) over (
            partition by first_days.slice, first_days.slice_value order by days.date_day
            rows between unbounded preceding and current row
        ) as live_count,
        sum(coalesce(daily_changes.fresh_change, 0)) over (
            partition by first_days.slice, first_days.slice_value order by days.date_day
            rows between unbounded preceding and current row
        ) as fresh_count
    from first_days
    inner join days on first_days.first_live_on <= days.date_day
    left join daily_changes
        on first_days.slice = daily_changes.slice
            and first_days.slice_value = daily_changes.slice_value
            and days.date_day = daily_changes.date_day

),

period_ends as (

    select period_grain, period_start, is_over, max(date_day) as date_day
    from {{ ref('bridge_date_period') }}
    group by period_grain, period_start, is_over

),

final as (

    select
        'article_freshness' as kpi_id,
        'default' as variant,
        'as_of' as attribution,
        'rate' as statistic,
        'none' as clock,
        period_ends.period_grain,
        period_ends.period_start,
        levels.slice,
        levels.slice_value,
        cast(levels.fresh_count as double) / nullif(levels.live_count, 0) as value,
        cast(levels.fresh_count as double) as numerator,
        cast(levels.live_count as double) as denominator,
        cast(levels.live_count as bigint) as n,
        cast(0 as bigint) as n_censored,
        period_ends.is_over as is_complete
    from levels
    inner join period_ends on levels.date_day = period_ends.date_day

)

select * from final
