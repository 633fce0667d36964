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
        {{ pseudonym(['source_system', 'source_account', 'customer_id']) }} as customer_key,
        *
    from customers

),

-- Who subscribes, orders or does anything else is a customer as well, listed or not.
seen_elsewhere as (

    select source_system, source_account, customer_id from {{ ref('stg_generic__subscriptions') }}
    union
    select source_system, source_account, customer_id from {{ ref('stg_generic__orders') }} where customer_id is not null
    union
    select source_system, source_account, customer_id from {{ ref('stg_generic__engagement_events') }}

),

known as (

    select customer_key, source_system, source_account from listed
    union
    select requester_key as customer_key, source_system, source_account from requesters
    union
    select
        {{ pseudonym(['source_system', 'source_account', 'customer_id']) }} as customer_key,
        source_system,
        source_account
    from seen_elsewhere

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

final as (

    select
        known.customer_key,
        known.source_system,
        known.source_account,
        case
            when listed.organization_id is not null
                then {{ pseudonym(['listed.source_system', 'listed.source_account', 'listed.organization_id']) }}
        end as organization_key,
        listed.language,
        listed.created_at,
        case
            when listed.created_at <= run.as_of then {{ reporting_day('listed.created_at', 'run.reporting_time_zone') }}
        end as created_on,
        listed.acquisition_source
    from known
    cross join run
    left join listed on known.customer_key = listed.customer_key

)

select * from final
