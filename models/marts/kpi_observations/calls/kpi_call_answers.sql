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

shares as (

    select
        'service_level_answer' as kpi_id, 'default' as variant, 'rate' as measure,
        is_answered_within_target as is_counted, cast(null as bigint) as seconds, *
    from judged
    where not is_short_abandon
    union all
    select
        'service_level_answer' as kpi_id, 'answered_only' as variant, 'rate' as measure,
        is_answered_within_target as is_counted, cast(null as bigint) as seconds, *
    from judged
    where outcome = 'answered'
    union all
    select
        'service_level_answer' as kpi_id, 'offered' as variant, 'rate' as measure,
        is_answered_within_target as is_counted, cast(null as bigint) as seconds, *
    from judged
    union all
    select
        'service_level_answer' as kpi_id, 'answered_or_abandoned_within' as variant, 'rate' as measure,
        is_answered_within_target or is_abandoned_within_target as is_counted, cast(null as bigint) as seconds, *
    from judged
    union all
    select
        'confirm_within_one_minute_rate' as kpi_id, 'calls' as variant, 'rate' as measure,
        outcome = 'answered' and wait_seconds <= 60 as is_counted, cast(null as bigint) as seconds, *
    from judged

),

waits as (

    select
        'average_speed_of_answer' as kpi_id, 'default' as variant, 'distribution' as measure,
        cast(null as boolean) as is_counted, wait_seconds as seconds, *
    from judged
    where outcome = 'answered'
    union all
    -- The calls that abandonment_rate counts in the queue.
    select
        'average_speed_of_answer' as kpi_id, 'avg_time_to_abandon' as variant, 'average' as measure,
        cast(null as boolean) as is_counted, abandon_seconds as seconds, *
    from calls
    where outcome = 'abandoned_in_queue' and not is_short_abandon and abandon_seconds is not null

),

observed as (

    select * from shares
    union all
    select * from waits

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
        case when is_counted is null then cast(seconds as double) when is_counted then 1.0 else 0.0 end as numerator,
        1.0 as denominator,
        false as is_censored,
        false as is_immature
    from observed

)

select * from final
