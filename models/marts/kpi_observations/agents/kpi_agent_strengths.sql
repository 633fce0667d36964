-- Grain: one verdict (stronger, weaker) × agent or all × period that as_of lies in: on how many KPIs it was given.
with

strengths as (

    select * from {{ ref('agent_strengths') }} where verdict <> 'too few tickets'

),

-- Only the last half-year is compared, so only the running periods can tell of them.
periods as (

    select distinct period_grain, period_start from {{ ref('bridge_date_period') }} where not is_over

),

verdicts as (

    select 'stronger' as variant
    union all
    select 'weaker' as variant

),

compared as (

    select 'all' as slice, 'all' as slice_value, strengths.* from strengths
    union all
    select 'agent' as slice, agent_key as slice_value, strengths.* from strengths

),

-- A duration is compared by two clocks: that is one KPI of the agent.
counted as (

    select
        verdicts.variant,
        compared.slice,
        compared.slice_value,
        count(
            distinct case
                when compared.verdict = verdicts.variant then concat(compared.agent_key, '|', compared.kpi_id)
            end
        ) as verdict_count,
        count(distinct concat(compared.agent_key, '|', compared.kpi_id)) as n
    from compared
    cross join verdicts
    group by verdicts.variant, compared.slice, compared.slice_value

),

final as (

    select
        'agent_strengths' as kpi_id,
        counted.variant,
        'as_of' as attribution,
        'count' as statistic,
        'none' as clock,
        periods.period_grain,
        periods.period_start,
        counted.slice,
        counted.slice_value,
        cast(counted.verdict_count as double) as value,
        cast(null as double) as numerator,
        cast(null as double) as denominator,
        cast(counted.n as bigint) as n,
        cast(0 as bigint) as n_censored,
        false as is_complete
    from counted
    cross join periods

)

select * from final
