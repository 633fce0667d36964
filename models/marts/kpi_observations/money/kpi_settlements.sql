-- Grain: one observation of one KPI of settled value: a ticket on the day of its last solve.
with

solves as (

    select * from {{ ref('kpi_ticket_milestones') }} where milestone = 'solved' and is_countable

),

tickets as (

    select
        ticket_key,
        cast(settled_amount as double) as settled_amount,
        settled_original_amount is not null as has_amount,
        max(case when settled_original_amount is not null then 1 else 0 end) over (
            partition by source_system, source_account
        ) as is_amount_told
    from {{ ref('fct_tickets') }}

),

-- An account in which no ticket tells an amount does not say that it settled nothing.
settled as (

    select solves.*, tickets.settled_amount, tickets.has_amount
    from solves
    inner join tickets on solves.ticket_key = tickets.ticket_key
    where tickets.is_amount_told = 1

),

unioned as (

    select
        'value_settled' as kpi_id, 'default' as variant, 'sum' as measure,
        settled_amount as numerator, cast(null as double) as denominator, *
    from settled
    where has_amount
    union all
    select
        'value_settled_per_ticket' as kpi_id, 'default' as variant, 'average' as measure,
        settled_amount as numerator, case when settled_amount is not null then 1.0 end as denominator, *
    from settled
    where has_amount
    union all
    select
        'value_settled_per_ticket' as kpi_id, 'coverage' as variant, 'rate' as measure,
        case when has_amount then 1.0 else 0.0 end as numerator, 1.0 as denominator, *
    from settled

),

final as (

    select
        kpi_id,
        variant,
        'solved' as attribution,
        'none' as clock,
        measure,
        observed_on,
        ticket_key as subject_key,
        source_system,
        channel,
        team,
        agent_key,
        priority,
        ticket_type,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator,
        false as is_censored,
        numerator is null as is_immature
    from unioned

)

select * from final
