-- Grain: one difference of churn: of customers with a bad experience of support less the others × month, quarter or year.
with

bases as (

    select * from {{ ref('kpi_customer_bases') }} where period_grain in ('month', 'quarter', 'year')

),

customer_periods as (

    select * from {{ ref('fct_customer_periods') }}

),

experiences as (

    select * from {{ ref('kpi_bad_experiences') }}

),

-- Only what came before the period can have led to what happened in it: the 90 days before it began.
exposed as (

    select distinct bases.period_grain, bases.period_start, experiences.customer_key
    from bases
    inner join experiences
        on bases.first_day > experiences.experienced_on
            and {{ days_after('bases.first_day', -90) }} <= experiences.experienced_on

),

exposed_counts as (

    select
        bases.period_grain,
        bases.period_start,
        cast(count(*) as double) as customers,
        cast(sum(case when customer_periods.ended_on < bases.next_day then 1 else 0 end) as double) as lost_customers
    from bases
    inner join exposed on bases.period_grain = exposed.period_grain and bases.period_start = exposed.period_start
    inner join customer_periods
        on exposed.customer_key = customer_periods.customer_key
            and bases.first_day > customer_periods.started_on
            and (customer_periods.ended_on is null or bases.first_day <= customer_periods.ended_on)
    group by bases.period_grain, bases.period_start

),

-- Without a breach or a bad rating ever told there is nothing to compare with.
known as (

    select min(experienced_on) as first_day from experiences

),

compared as (

    select
        bases.*,
        exposed_counts.lost_customers / nullif(exposed_counts.customers, 0) as churn_of_exposed,
        (bases.lost_customers - coalesce(exposed_counts.lost_customers, 0))
        / nullif(bases.customers - coalesce(exposed_counts.customers, 0), 0) as churn_of_others
    from bases
    inner join known on bases.next_day > known.first_day
    left join exposed_counts
        on bases.period_grain = exposed_counts.period_grain and bases.period_start = exposed_counts.period_start

),

final as (

    select
        'support_to_churn' as kpi_id,
        'default' as variant,
        'event' as attribution,
        'rate' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        'all' as slice,
        'all' as slice_value,
        churn_of_exposed - churn_of_others as value,
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        cast(customers as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_over as is_complete
    from compared

)

select * from final
