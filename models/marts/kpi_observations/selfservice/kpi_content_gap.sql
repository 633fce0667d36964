-- Grain: one variant of the content gap × period: the types of its tickets that had no live article at its end.
with

created as (

    select *
    from {{ ref('kpi_period_aggregates') }}
    where kpi_id = 'tickets_created' and variant = 'default' and slice = 'ticket_type' and slice_value <> 'unknown'

),

spine as (

    select *
    from {{ ref('kpi_periods') }}
    where kpi_id = 'tickets_created' and variant = 'default' and slice = 'all'

),

period_ends as (

    select period_grain, period_start, max(date_day) as period_end
    from {{ ref('bridge_date_period') }}
    group by period_grain, period_start

),

articles as (

    select lower(ticket_type) as ticket_type, min(published_on) as first_live_on
    from {{ ref('dim_article') }}
    where ticket_type <> 'unknown'
    group by lower(ticket_type)

),

-- Without an article that names its type nothing is known of gaps.
mapped as (

    select count(*) as mapped_types from articles having count(*) > 0

),

types as (

    select
        created.period_grain,
        created.period_start,
        created.numerator as tickets,
        case when articles.first_live_on <= period_ends.period_end then 0.0 else 1.0 end as is_gap
    from created
    inner join period_ends
        on created.period_grain = period_ends.period_grain and created.period_start = period_ends.period_start
    left join articles on lower(created.slice_value) = articles.ticket_type

),

weighted as (

    select 'default' as variant, period_grain, period_start, tickets * is_gap as numerator, tickets as denominator
    from types
    union all
    select 'unweighted' as variant, period_grain, period_start, is_gap as numerator, 1.0 as denominator
    from types

),

variants as (

    select 'default' as variant from mapped
    union all
    select 'unweighted' as variant from mapped

),

summed as (

    select variant, period_grain, period_start, sum(numerator) as numerator, sum(denominator) as denominator
    from weighted
    group by variant, period_grain, period_start

),

final as (

    select
        'content_gap_rate' as kpi_id,
        variants.variant,
        'as_of' as attribution,
        'rate' as statistic,
        'none' as clock,
        spine.period_grain,
        spine.period_start,
        spine.slice,
        spine.slice_value,
        cast(summed.numerator as double) / nullif(cast(summed.denominator as double), 0) as value,
        cast(coalesce(summed.numerator, 0) as double) as numerator,
        cast(coalesce(summed.denominator, 0) as double) as denominator,
        cast(coalesce(summed.denominator, 0) as bigint) as n,
        cast(0 as bigint) as n_censored,
        spine.is_over as is_complete
    from spine
    cross join variants
    left join summed
        on variants.variant = summed.variant
            and spine.period_grain = summed.period_grain
            and spine.period_start = summed.period_start

)

select * from final
