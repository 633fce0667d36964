-- Grain: one customer, listed or seen asking.
with

customers as (

    select source_system, source_account, customer_id, organization_id, language, created_at, acquisition_source
    from {{ ref('stg_generic__customers') }}
    union all
    select
        source_system, source_account, user_id as customer_id, organization_id, locale as language, created_at,
        cast(null as {{ dbt.type_string() }}) as acquisition_source
    from {{ ref('stg_zendesk__users') }}
    where role = 'end-user'

),

requesters as (

    select distinct requester_key, source_system, source_account, requester_id
    from {{ ref('int_tickets') }}
    where requester_id is not null

),

listed as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'customer_id']) }} as customer_key,
        *
    from customers

),

known as (

    select customer_key, source_system, source_account from listed
    union
    select requester_key as customer_key, source_system, source_account from requesters

),

final as (

    select
        known.customer_key,
        known.source_system,
        known.source_account,
        case
            when listed.organization_id is not null
                then {{ surrogate_key(['listed.source_system', 'listed.source_account', 'listed.organization_id']) }}
        end as organization_key,
        listed.language,
        listed.created_at,
        listed.acquisition_source
    from known
    left join listed on known.customer_key = listed.customer_key

)

select * from final
