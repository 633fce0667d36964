-- Grain: one metric of one account whose SLA instances are derived from its tickets' histories.
with

policies as (

    select * from {{ ref('int_sla_policies') }} where is_derivable

),

-- Where the helpdesk itself tells when targets were set, met and missed, nothing is derived.
accounts_with_metric_events as (

    select distinct source_system, source_account from {{ ref('stg_zendesk__ticket_metric_events') }}

),

final as (

    select distinct
        policies.source_system,
        policies.source_account,
        policies.metric
    from policies
    left join accounts_with_metric_events
        on policies.source_system = accounts_with_metric_events.source_system
            and policies.source_account = accounts_with_metric_events.source_account
    where accounts_with_metric_events.source_account is null

)

select * from final
