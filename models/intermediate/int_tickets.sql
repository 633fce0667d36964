-- Grain: one ticket of any helpdesk that exists as of the run.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

unioned as (

    select * from {{ ref('int_generic__tickets') }}
    union all
    select * from {{ ref('int_servicenow__tickets') }}
    union all
    select * from {{ ref('int_zendesk__tickets') }}

),

channels as (

    select * from {{ ref('channels') }}

),

final as (

    select
        unioned.*,
        coalesce(unioned.vendor_ticket_type, 'unknown') as ticket_type,
        {{ pseudonym(['unioned.source_system', 'unioned.source_account', 'unioned.requester_id']) }} as requester_key,
        coalesce(channels.channel, 'unknown') as channel
    from unioned
    cross join run
    left join channels
        on unioned.source_system = channels.source_system and unioned.vendor_channel = channels.vendor_channel
    where unioned.created_at <= run.as_of

)

select * from final
