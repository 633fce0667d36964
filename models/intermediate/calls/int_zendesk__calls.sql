-- Grain: one call of Zendesk Talk.
with

calls as (

    select * from {{ ref('stg_zendesk__calls') }}

),

outcomes as (

    select * from {{ ref('call_outcomes') }} where source_system = 'zendesk' and part = 'call'

),

mapped as (

    select
        calls.*,
        lower(calls.completion_status) as vendor_outcome,
        coalesce(outcomes.outcome, 'unknown') as mapped_outcome,
        coalesce(calls.talk_seconds, 0) > 0 as is_talked
    from calls
    left join outcomes on lower(calls.completion_status) = outcomes.vendor_outcome

),

final as (

    select
        source_system,
        source_account,
        call_id,
        ticket_id,
        direction,
        started_at,
        call_seconds,
        vendor_outcome,
        -- `completed` says only that the call is over; where it went stands in the flags.
        case
            when mapped_outcome = 'blocked' or direction = 'outbound' then mapped_outcome
            when is_callback then 'callback'
            when is_overflowed then 'overflowed'
            when is_outside_business_hours and not is_talked then 'outside_hours'
            when (is_voicemail or is_requested_voicemail) and not is_talked and mapped_outcome in ('answered', 'unknown') then 'voicemail'
            else mapped_outcome
        end as outcome,
        -- Talk says only that the line failed; for want of staff it sends callers elsewhere, it blocks nobody.
        case when mapped_outcome = 'blocked' then 'network' end as block_cause,
        -- The time to answer runs from dialling, so that the menu is in it.
        coalesce(
            wait_seconds,
            case
                when answer_seconds > coalesce(menu_seconds, 0) then answer_seconds - coalesce(menu_seconds, 0)
                when answer_seconds is not null then 0
            end
        ) as wait_seconds,
        menu_seconds as ivr_seconds,
        talk_seconds,
        hold_seconds,
        wrap_up_seconds,
        agent_id,
        call_group_id as group_id,
        customer_id
    from mapped

)

select * from final
