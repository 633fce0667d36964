-- Grain: one agent × KPI × clock, over the half-year before as_of, beside colleagues with the same mix of tickets.
with

cases as (

    select * from {{ ref('kpi_cases') }}

),

-- One of each kind: how soon, how surely, how well.
compared_kpis as (

    select kpi_id, attribution, direction
    from {{ ref('dim_kpi') }}
    where
        kpi_id in (
            'first_response_time', 'average_resolution_time', 'one_touch_rate', 'first_contact_resolution_rate',
            'service_level_resolution', 'csat_score', 'average_handle_time'
        )

),

last_day as (

    select max(date_day) as date_day from {{ ref('dim_date') }}

),

-- Tickets of one type and priority are alike enough to compare who had them.
observed as (

    select
        cases.kpi_id,
        cases.clock,
        cases.source_system,
        cases.agent_key,
        concat(coalesce(cases.ticket_type, ''), '|', coalesce(cases.priority, '')) as stratum,
        cases.numerator as value
    from cases
    -- Some are told twice, by the answer and by the solve: a ticket counts once, for whom the registered one credits.
    inner join compared_kpis
        on cases.kpi_id = compared_kpis.kpi_id
            and cases.attribution = compared_kpis.attribution
    cross join last_day
    where
        cases.variant = 'default'
        and cases.measure in ('rate', 'distribution')
        and cases.agent_key is not null
        and cases.numerator is not null
        and cases.denominator = 1
        and cases.observed_on > {{ days_after('last_day.date_day', -182) }}
        and cases.observed_on <= last_day.date_day

),

of_agents as (

    select
        kpi_id, clock, source_system, agent_key, stratum,
        cast(count(*) as double) as n,
        {{ exact_sum('value') }} as total,
        {{ exact_sum('value * value') }} as total_of_squares
    from observed
    group by kpi_id, clock, source_system, agent_key, stratum

),

of_all as (

    select
        kpi_id, clock, source_system, stratum,
        sum(n) as n,
        {{ exact_sum('total') }} as total,
        {{ exact_sum('total_of_squares') }} as total_of_squares
    from of_agents
    group by kpi_id, clock, source_system, stratum

),

-- Each stratum weighs what it weighs in the whole, for the agent and for the colleagues alike. Its variance is that of
-- everybody: a few tickets of one agent may be equal by chance.
strata as (

    select
        of_agents.kpi_id,
        of_agents.clock,
        of_agents.source_system,
        of_agents.agent_key,
        of_agents.n,
        of_all.n as weight,
        of_agents.total / of_agents.n as agent_mean,
        (of_all.total - of_agents.total) / (of_all.n - of_agents.n) as colleagues_mean,
        greatest(of_all.total_of_squares / of_all.n - power(of_all.total / of_all.n, 2), 0)
        * (1 / of_agents.n + 1 / (of_all.n - of_agents.n)) as variance
    from of_agents
    inner join of_all
        on of_agents.kpi_id = of_all.kpi_id
            and of_agents.clock = of_all.clock
            and of_agents.source_system = of_all.source_system
            and of_agents.stratum = of_all.stratum
    -- Where nobody else had such tickets there is nobody to compare with.
    where of_all.n > of_agents.n

),

standardised as (

    select
        kpi_id,
        clock,
        source_system,
        agent_key,
        cast(sum(n) as bigint) as n,
        {{ exact_sum('weight * agent_mean') }} / sum(weight) as adjusted_value,
        {{ exact_sum('weight * colleagues_mean') }} / sum(weight) as colleagues_value,
        1.96 * sqrt({{ exact_sum('weight * weight * variance') }}) / sum(weight) as margin
    from strata
    group by kpi_id, clock, source_system, agent_key

),

final as (

    select
        standardised.kpi_id,
        standardised.clock,
        standardised.source_system,
        standardised.agent_key,
        standardised.n,
        standardised.adjusted_value,
        standardised.colleagues_value,
        standardised.adjusted_value - standardised.colleagues_value as difference,
        standardised.adjusted_value - standardised.colleagues_value - standardised.margin as interval_low,
        standardised.adjusted_value - standardised.colleagues_value + standardised.margin as interval_high,
        case
            when standardised.n < 20 then 'too few tickets'
            when abs(standardised.adjusted_value - standardised.colleagues_value) <= standardised.margin then 'like colleagues'
            when
                (standardised.adjusted_value > standardised.colleagues_value)
                = (compared_kpis.direction = 'higher_is_better')
                then 'stronger'
            else 'weaker'
        end as verdict
    from standardised
    inner join compared_kpis on standardised.kpi_id = compared_kpis.kpi_id

)

select * from final
