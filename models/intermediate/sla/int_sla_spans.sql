-- Grain: one span of a ticket's life that an SLA target can be for, told by the ticket's history.
with

derived as (

    select * from {{ ref('int_sla_derived_accounts') }}

),

tickets as (

    select
        tickets.ticket_key,
        tickets.source_system,
        tickets.source_account,
        tickets.created_at,
        states.is_deleted or states.merged_into_id is not null as is_gone,
        states.is_time_unknown
    from {{ ref('int_tickets') }} as tickets
    inner join {{ ref('int_ticket_current_states') }} as states on tickets.ticket_key = states.ticket_key

),

lifecycles as (

    select * from {{ ref('int_ticket_lifecycles') }}

),

waits as (

    select
        ticket_key,
        case when is_from_creation then 'first_reply' else 'next_reply' end as metric,
        asked_at as applied_at,
        ended_at,
        case state when 'replied' then 'fulfilled' when 'waiting' then null else 'cancelled' end as ending
    from {{ ref('int_reply_waits') }}

),

resolutions as (

    select
        tickets.ticket_key,
        tickets.created_at as applied_at,
        case when lifecycles.solved_at is not null or tickets.is_gone then lifecycles.counted_until end as ended_at,
        case when lifecycles.solved_at is not null then 'fulfilled' when tickets.is_gone then 'cancelled' end as ending
    from tickets
    inner join lifecycles on tickets.ticket_key = lifecycles.ticket_key

),

unioned as (

    select ticket_key, metric, applied_at, ended_at, ending from waits
    union all
    select ticket_key, 'periodic_update' as metric, applied_at, ended_at, ending from {{ ref('int_sla_updates') }}
    union all
    select ticket_key, 'pausable_update' as metric, applied_at, ended_at, ending from {{ ref('int_sla_updates') }}
    union all
    select ticket_key, 'agent_work' as metric, applied_at, ended_at, ending from resolutions
    union all
    select ticket_key, 'requester_wait' as metric, applied_at, ended_at, ending from resolutions
    union all
    select ticket_key, 'total_resolution' as metric, applied_at, ended_at, ending from resolutions

),

-- What is finished nobody knows when neither met a target nor missed one, unless it was replied to.
final as (

    select
        unioned.*,
        tickets.source_system,
        tickets.source_account,
        row_number() over (partition by unioned.ticket_key, unioned.metric order by unioned.applied_at) as instance_number
    from unioned
    inner join tickets on unioned.ticket_key = tickets.ticket_key
    inner join derived
        on tickets.source_system = derived.source_system
            and tickets.source_account = derived.source_account
            and unioned.metric = derived.metric
    where not tickets.is_time_unknown or (unioned.metric in ('first_reply', 'next_reply') and unioned.ending = 'fulfilled')

)

select * from final
