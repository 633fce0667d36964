-- Grain: one conversation with a bot × definition of its resolution.
with

conversations as (

    select
        *,
        outcome in ('resolved_confirmed', 'resolved_assumed') as is_resolved,
        -- A resolution stands once the customer has had the time to come back.
        outcome in ('resolved_confirmed', 'resolved_assumed') and is_returned is null as is_pending
    from {{ ref('fct_bot_conversations') }}

),

variants as (

    select 'default' as variant, is_resolved and is_returned = false as is_counted, * from conversations
    union all
    select 'confirmed' as variant, outcome = 'resolved_confirmed' and is_returned = false as is_counted, * from conversations
    union all
    select 'assumed' as variant, outcome = 'resolved_assumed' and is_returned = false as is_counted, * from conversations

),

final as (

    select
        'bot_resolution_rate' as kpi_id,
        variant,
        'event' as attribution,
        'none' as clock,
        'rate' as measure,
        started_on as observed_on,
        bot_conversation_key as subject_key,
        source_system,
        cast(null as {{ dbt.type_string() }}) as channel,
        cast(null as {{ dbt.type_string() }}) as team,
        cast(null as {{ dbt.type_string() }}) as agent_key,
        cast(null as {{ dbt.type_string() }}) as priority,
        cast(null as {{ dbt.type_string() }}) as ticket_type,
        cast(case when is_pending then null when is_counted then 1.0 else 0.0 end as double) as numerator,
        cast(case when not is_pending then 1.0 end as double) as denominator,
        is_pending as is_censored,
        is_pending as is_immature
    from variants

)

select * from final
