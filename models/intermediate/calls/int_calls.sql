-- Grain: one phone call of any helpdesk that was over as of the run.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

unioned as (

    select
        source_system, source_account, call_id, ticket_id, direction, started_at, cast(null as bigint) as call_seconds,
        outcome as vendor_outcome, outcome, block_cause, wait_seconds, ivr_seconds, talk_seconds, hold_seconds, wrap_up_seconds,
        agent_id, group_id, customer_id
    from {{ ref('stg_generic__calls') }}
    union all
    select
        source_system, source_account, call_id, ticket_id, direction, started_at, call_seconds,
        vendor_outcome, outcome, block_cause, wait_seconds, ivr_seconds, talk_seconds, hold_seconds, wrap_up_seconds,
        agent_id, group_id, customer_id
    from {{ ref('int_zendesk__calls') }}

),

agents as (

    select * from {{ ref('int_call_agents') }}

),

keyed as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'call_id']) }} as call_key,
        {{ surrogate_key(['source_system', 'source_account', 'ticket_id']) }} as ticket_key,
        *,
        coalesce(
            call_seconds,
            coalesce(ivr_seconds, 0) + coalesce(wait_seconds, 0) + coalesce(talk_seconds, 0) + coalesce(hold_seconds, 0)
        ) as line_seconds
    from unioned

),

credited as (

    select
        keyed.*,
        agents.wrap_up_seconds as legs_wrap_up_seconds,
        -- Of a call that was passed on helpdesks name one agent, be it the first or the last: its legs tell both.
        coalesce(agents.first_agent_id, keyed.agent_id) as first_agent_id,
        coalesce(agents.last_agent_id, keyed.agent_id) as last_agent_id,
        {{ seconds_after('keyed.started_at', 'keyed.line_seconds') }} as ended_at
    from keyed
    left join agents on keyed.call_key = agents.call_key

),

final as (

    select
        credited.call_key,
        credited.source_system,
        credited.source_account,
        credited.call_id,
        case when credited.ticket_id is not null then credited.ticket_key end as ticket_key,
        credited.direction,
        credited.vendor_outcome,
        credited.outcome,
        case when credited.outcome = 'blocked' then credited.block_cause end as block_cause,
        credited.started_at,
        credited.ended_at,
        {{ seconds_after('credited.ended_at', 'coalesce(credited.wrap_up_seconds, credited.legs_wrap_up_seconds, 0)') }} as work_ended_at,
        credited.wait_seconds,
        credited.ivr_seconds,
        credited.talk_seconds,
        credited.hold_seconds,
        coalesce(credited.wrap_up_seconds, credited.legs_wrap_up_seconds) as wrap_up_seconds,
        credited.first_agent_id,
        credited.last_agent_id,
        credited.group_id,
        credited.customer_id
    from credited
    cross join run
    -- A call is written down when it is over: before that nobody knows how it ends.
    where credited.ended_at <= run.as_of

)

select * from final
