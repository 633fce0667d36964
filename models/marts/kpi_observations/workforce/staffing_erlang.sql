-- Grain: one load (contacts of a half hour and their handling time), with the fewest agents that Erlang C asks for.
with

targets as (

    select * from {{ ref('dim_staffing_target') }}

),

digits as (

    select numbers.digit from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as numbers (digit)

),

counts as (

    select cast(ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit as bigint) as agents
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands

),

agent_counts as (

    select
        agents,
        sum(ln(cast(greatest(agents, 1) as double))) over (
            order by agents rows between unbounded preceding and current row
        ) as log_factorial
    from counts

),

loads as (

    select distinct
        forecast_count,
        handle_seconds,
        forecast_count * handle_seconds / 1800 as erlangs
    from {{ ref('staffing_forecasts') }}
    where forecast_count > 0

),

-- More than these the target never needs: ten deviations above the load, or the occupancy asked for.
considered as (

    select
        loads.*,
        agent_counts.agents,
        exp(agent_counts.agents * ln(loads.erlangs) - loads.erlangs - agent_counts.log_factorial) as poisson_share
    from loads
    cross join targets
    inner join agent_counts
        on agent_counts.agents <= loads.erlangs / targets.maximum_occupancy + 10 * sqrt(loads.erlangs) + 20

),

-- 1/B(N) is the sum over k of N!/(k!·A^(N−k)): the Poisson shares up to N by the one of N, which does not overflow.
blocked as (

    select
        *,
        poisson_share / sum(poisson_share) over (
            partition by forecast_count, handle_seconds order by agents rows between unbounded preceding and current row
        ) as blocked_share
    from considered

),

-- With no more agents than load the queue grows for ever.
waiting as (

    select
        *,
        erlangs / agents as occupancy,
        blocked_share / (1 - erlangs / agents * (1 - blocked_share)) as waiting_share
    from blocked
    where agents > erlangs

),

served as (

    select
        waiting.*,
        1 - waiting.waiting_share * exp(-(waiting.agents - waiting.erlangs) * targets.answer_seconds / waiting.handle_seconds)
            as service_level,
        waiting.waiting_share * waiting.handle_seconds / (waiting.agents - waiting.erlangs) as wait_seconds,
        targets.service_level_target,
        targets.maximum_occupancy,
        targets.shrinkage
    from waiting
    cross join targets

),

-- A billionth forgives the logarithms.
enough as (

    select
        *,
        row_number() over (partition by forecast_count, handle_seconds order by agents) as choice
    from served
    where service_level >= service_level_target - 1e-9 and occupancy <= maximum_occupancy + 1e-9

),

final as (

    select
        forecast_count,
        handle_seconds,
        erlangs,
        agents,
        cast(ceil(agents / (1 - shrinkage) - 1e-9) as bigint) as required_agents,
        round(waiting_share, 10) as waiting_share,
        round(service_level, 10) as service_level,
        round(wait_seconds, 6) as wait_seconds,
        round(occupancy, 10) as occupancy
    from enough
    where choice = 1

)

select * from final
