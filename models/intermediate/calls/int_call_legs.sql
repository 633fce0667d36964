-- Grain: one part of a phone call of any helpdesk that exists as of the run.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

unioned as (

    select
        source_system, source_account, call_leg_id, call_id, case when agent_id is not null then 'agent' end as leg_type,
        agent_id, outcome as vendor_outcome, started_at, talk_seconds, hold_seconds, wrap_up_seconds,
        cast(null as bigint) as consultation_seconds
    from {{ ref('stg_generic__call_legs') }}
    union all
    select
        source_system, source_account, call_leg_id, call_id, leg_type,
        agent_id, lower(completion_status) as vendor_outcome, started_at, talk_seconds, hold_seconds, wrap_up_seconds,
        consultation_seconds
    from {{ ref('stg_zendesk__call_legs') }}

),

outcomes as (

    select * from {{ ref('call_outcomes') }} where part = 'leg'

),

final as (

    select
        {{ surrogate_key(['unioned.source_system', 'unioned.source_account', 'unioned.call_leg_id']) }} as call_leg_key,
        {{ surrogate_key(['unioned.source_system', 'unioned.source_account', 'unioned.call_id']) }} as call_key,
        unioned.source_system,
        unioned.source_account,
        unioned.call_leg_id,
        coalesce(unioned.leg_type, 'unknown') as leg_type,
        unioned.agent_id,
        unioned.vendor_outcome,
        coalesce(outcomes.outcome, 'unknown') as outcome,
        unioned.started_at,
        unioned.talk_seconds,
        unioned.hold_seconds,
        unioned.wrap_up_seconds,
        unioned.consultation_seconds,
        -- Who was only consulted never talked to the caller; who asks has the caller on hold meanwhile.
        case
            when coalesce(unioned.leg_type, 'unknown') <> 'agent' or coalesce(outcomes.outcome, 'unknown') <> 'answered' then null
            when coalesce(unioned.talk_seconds, 0) + coalesce(unioned.hold_seconds, 0) > 0
                then coalesce(unioned.talk_seconds, 0) + coalesce(unioned.hold_seconds, 0) + coalesce(unioned.wrap_up_seconds, 0)
            when unioned.consultation_seconds > 0 then unioned.consultation_seconds + coalesce(unioned.wrap_up_seconds, 0)
        end as handle_seconds
    from unioned
    cross join run
    left join outcomes
        on unioned.source_system = outcomes.source_system and unioned.vendor_outcome = outcomes.vendor_outcome
    where unioned.started_at <= run.as_of

)

select * from final
