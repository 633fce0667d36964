-- Grain: one journey of a customer through the screens of a request.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

steps as (

    select
        {{ surrogate_key(['steps.source_system', 'steps.source_account', 'steps.journey_id']) }} as journey_key,
        steps.*
    from {{ ref('stg_generic__journey_events') }} as steps
    cross join run
    where steps.occurred_at <= run.as_of

),

starts as (

    select
        journey_key,
        source_system,
        source_account,
        max(customer_id) as customer_id,
        max(request_kind) as request_kind,
        coalesce(min(case when kind = 'start' then occurred_at end), min(occurred_at)) as started_at,
        max(occurred_at) as last_step_at,
        max(case when kind = 'abandon' then occurred_at end) as last_abandoned_at
    from steps
    group by journey_key, source_system, source_account

),

completions as (

    select starts.journey_key, min(steps.occurred_at) as completed_at
    from starts
    inner join steps on starts.journey_key = steps.journey_key and starts.started_at <= steps.occurred_at
    where steps.kind = 'complete'
    group by starts.journey_key

),

-- Who closes the browser says nothing: a day of silence is the end of a journey, too.
ended as (

    select
        starts.*,
        case
            when completions.completed_at is not null then 'completed'
            when starts.last_abandoned_at = starts.last_step_at
                or run.as_of >= {{ seconds_after('starts.last_step_at', '86400') }}
                then 'abandoned'
            else 'started'
        end as state,
        coalesce(completions.completed_at, starts.last_step_at) as last_counted_at
    from starts
    cross join run
    left join completions on starts.journey_key = completions.journey_key

),

counted as (

    select
        ended.journey_key,
        count(distinct steps.screen) as screen_count,
        sum(case when steps.kind = 'click' then 1 else 0 end) as click_count
    from ended
    inner join steps
        on ended.journey_key = steps.journey_key
            and ended.started_at <= steps.occurred_at
            and ended.last_counted_at >= steps.occurred_at
    group by ended.journey_key

),

final as (

    select
        ended.journey_key,
        ended.source_system,
        ended.source_account,
        case
            when ended.customer_id is not null
                then {{ pseudonym(['ended.source_system', 'ended.source_account', 'ended.customer_id']) }}
        end as customer_key,
        ended.request_kind,
        ended.state,
        ended.started_at,
        {{ reporting_day('ended.started_at', 'run.reporting_time_zone') }} as started_on,
        case when ended.state <> 'started' then ended.last_counted_at end as ended_at,
        case
            when ended.state <> 'started' then {{ reporting_day('ended.last_counted_at', 'run.reporting_time_zone') }}
        end as ended_on,
        cast(counted.screen_count as bigint) as screen_count,
        cast(counted.click_count as bigint) as click_count
    from ended
    inner join counted on ended.journey_key = counted.journey_key
    cross join run

)

select * from final
