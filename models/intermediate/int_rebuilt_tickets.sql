-- Grain: one ticket whose history an incremental run builds anew.
with

touches as (

    select * from {{ ref('int_generic__ticket_touches') }}
    union all
    select * from {{ ref('int_servicenow__ticket_touches') }}
    union all
    select * from {{ ref('int_zendesk__ticket_touches') }}

),

rebuilt as (

    {{ tickets_rebuilt_with_touched('touches') }}

),

final as (

    select
        ticket_key,
        source_system,
        source_account,
        ticket_id,
        created_month
    from rebuilt

)

select * from final
