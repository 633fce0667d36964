-- Grain: one ticket that stays solved × KPI of the time agents wrote down for it until then.
with

milestones as (

    select * from {{ ref('kpi_ticket_milestones') }} where milestone = 'solved' and is_countable

),

tickets as (

    select ticket_key, source_system, source_account, solved_at from {{ ref('fct_tickets') }}

),

entries as (

    select * from {{ ref('fct_time_entries') }} where ticket_key is not null

),

-- Before anybody wrote time down a ticket without any tells nothing; from then on it took none.
first_told as (

    select source_system, source_account, min(started_on) as first_day
    from entries
    group by source_system, source_account

),

handled as (

    select entries.ticket_key, sum(entries.seconds) as seconds
    from entries
    inner join tickets on entries.ticket_key = tickets.ticket_key and entries.started_at <= tickets.solved_at
    group by entries.ticket_key

),

taken as (

    select milestones.*, coalesce(handled.seconds, 0) as seconds
    from milestones
    inner join tickets on milestones.ticket_key = tickets.ticket_key
    inner join first_told
        on tickets.source_system = first_told.source_system
            and tickets.source_account = first_told.source_account
            and milestones.observed_on >= first_told.first_day
    left join handled on milestones.ticket_key = handled.ticket_key

),

unioned as (

    select
        'average_handle_time' as kpi_id, 'tickets' as variant, 'distribution' as measure,
        cast(seconds as double) as numerator, *
    from taken
    union all
    select
        'work_per_interaction' as kpi_id, 'minutes' as variant, 'average' as measure,
        cast(seconds as double) / 60 as numerator, *
    from taken

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
        numerator,
        cast(1 as double) as denominator,
        false as is_censored,
        false as is_immature
    from unioned

)

select * from final
