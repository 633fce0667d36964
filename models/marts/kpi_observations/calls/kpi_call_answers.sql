-- Grain: one observation of one KPI of how soon calls are answered, on the day they came.
with

calls as (

    select * from {{ ref('fct_calls') }} where is_offered

),

-- Without waits nobody was answered late or in time: a telephone system that tells none has no share.
telling_accounts as (

    select distinct source_system, source_account
    from calls
    where outcome = 'answered' and wait_seconds is not null

),

judged as (

    select calls.*
    from calls
    inner join telling_accounts
        on calls.source_system = telling_accounts.source_system and calls.source_account = telling_accounts.source_account
    where calls.outcome <> 'answered' or calls.wait_seconds is not null

),

service_levels as (

    select 'default' as variant, is_answered_within_target as is_counted, * from judged where not is_short_abandon
    union all
    select 'answered_only' as variant, is_answered_within_target as is_counted, * from judged where outcome = 'answered'
    union all
    select 'offered' as variant, is_answered_within_target as is_counted, * from judged
    union all
    select
        'answered_or_abandoned_within' as variant,
        is_answered_within_target or is_abandoned_within_target as is_counted,
        *
    from judged

),

observed as (

    select 'service_level_answer' as kpi_id, 'rate' as measure, case when is_counted then 1.0 else 0.0 end as value, *
    from service_levels
    union all
    select
        'confirm_within_one_minute_rate' as kpi_id, 'rate' as measure,
        case when outcome = 'answered' and wait_seconds <= 60 then 1.0 else 0.0 end as value,
        'calls' as variant, cast(null as boolean) as is_counted, *
    from judged
    union all
    select
        'average_speed_of_answer' as kpi_id, 'distribution' as measure, wait_seconds as value,
        'default' as variant, cast(null as boolean) as is_counted, *
    from judged
    where outcome = 'answered'
    union all
    -- The calls that abandonment_rate counts in the queue.
    select
        'average_speed_of_answer' as kpi_id, 'average' as measure, abandon_seconds as value,
        'avg_time_to_abandon' as variant, cast(null as boolean) as is_counted, *
    from calls
    where outcome = 'abandoned_in_queue' and not is_short_abandon and abandon_seconds is not null

),

final as (

    select
        kpi_id,
        variant,
        'event' as attribution,
        case kpi_id when 'average_speed_of_answer' then 'calendar' else 'none' end as clock,
        measure,
        started_on as observed_on,
        call_key as subject_key,
        source_system,
        'phone' as channel,
        team,
        agent_key,
        cast(null as {{ dbt.type_string() }}) as priority,
        cast(null as {{ dbt.type_string() }}) as ticket_type,
        cast(value as double) as numerator,
        1.0 as denominator,
        false as is_censored,
        false as is_immature
    from observed

)

select * from final
