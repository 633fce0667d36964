-- Grain: one observation of one KPI of calls that were lost: given up after being offered, or blocked before.
with

inbound as (

    select
        *,
        is_abandoned and not is_short_abandon as is_lost,
        outcome = 'blocked' as is_blocked
    from {{ ref('fct_calls') }}
    where direction = 'inbound' and (is_offered or outcome = 'blocked')

),

observed as (

    select 'abandonment_rate' as kpi_id, 'default' as variant, 'rate' as measure, is_lost as is_counted, *
    from inbound
    where is_offered
    union all
    select
        'abandonment_rate' as kpi_id, 'in_queue' as variant, 'rate' as measure,
        is_lost and outcome = 'abandoned_in_queue' as is_counted, *
    from inbound
    where is_offered
    union all
    select
        'abandonment_rate' as kpi_id, 'in_ivr' as variant, 'rate' as measure,
        is_lost and outcome = 'abandoned_in_ivr' as is_counted, *
    from inbound
    where is_offered
    union all
    select
        'abandonment_rate' as kpi_id, 'on_hold' as variant, 'rate' as measure,
        is_lost and outcome = 'abandoned_on_hold' as is_counted, *
    from inbound
    where is_offered
    union all
    select 'blocked_call_rate' as kpi_id, 'default' as variant, 'rate' as measure, is_blocked as is_counted, *
    from inbound
    union all
    select 'blocked_calls' as kpi_id, 'default' as variant, 'count' as measure, is_blocked as is_counted, *
    from inbound
    union all
    select 'blocked_calls' as kpi_id, 'network' as variant, 'count' as measure, block_cause = 'network' as is_counted, *
    from inbound
    where block_cause is not null
    union all
    select 'blocked_calls' as kpi_id, 'no_staff' as variant, 'count' as measure, block_cause = 'no_staff' as is_counted, *
    from inbound
    where block_cause is not null

),

final as (

    select
        kpi_id,
        variant,
        'event' as attribution,
        'none' as clock,
        measure,
        started_on as observed_on,
        call_key as subject_key,
        source_system,
        'phone' as channel,
        team,
        agent_key,
        cast(null as {{ dbt.type_string() }}) as priority,
        cast(null as {{ dbt.type_string() }}) as ticket_type,
        case when is_counted then 1.0 else 0.0 end as numerator,
        case measure when 'rate' then 1.0 end as denominator,
        false as is_censored,
        false as is_immature
    from observed

)

select * from final
