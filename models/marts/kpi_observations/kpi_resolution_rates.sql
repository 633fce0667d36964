-- Grain: one observation of one resolution rate: a ticket created (solved in time or not), or solved (in one go or not).
with

milestones as (

    select * from {{ ref('kpi_ticket_milestones') }} where is_countable and milestone in ('created', 'solved')

),

times as (

    select * from {{ ref('kpi_ticket_times') }}

),

tickets as (

    select * from {{ ref('fct_tickets') }} where is_countable and solved_at is not null

),

targets as (

    select * from {{ ref('dim_time_target') }} where kpi_id = 'resolved_within_target_rate'

),

-- Unsolved and younger than T is neither kept nor missed.
within_target as (

    select
        targets.kpi_id,
        targets.variant,
        'created' as milestone,
        times.clock,
        times.ticket_key,
        case
            when times.full_resolution_seconds <= targets.target_seconds then 1.0
            when times.full_resolution_seconds is not null or times.running_seconds > targets.target_seconds then 0.0
        end as numerator,
        not times.is_past_maturity or times.age_seconds <= targets.target_seconds as is_early
    from times
    cross join targets
    where times.is_unsolved or times.full_resolution_seconds is not null

),

unioned as (

    select kpi_id, variant, milestone, clock, ticket_key, numerator, is_early from within_target
    union all
    select
        'one_touch_rate' as kpi_id, 'default' as variant, 'solved' as milestone, 'none' as clock, ticket_key,
        case when is_one_touch then 1.0 else 0.0 end as numerator, false as is_early
    from tickets
    where is_one_touch is not null
    union all
    -- Not told until the same customer has had the days to come back. What the helpdesk began is no contact.
    select
        'first_contact_resolution_rate' as kpi_id, 'default' as variant, 'solved' as milestone, 'none' as clock, ticket_key,
        case when is_first_contact_resolution then 1.0 when not is_first_contact_resolution then 0.0 end as numerator,
        true as is_early
    from tickets
    where agent_reply_count is not null and coalesce(origin, 'customer') <> 'proactive_outbound'

),

final as (

    select
        unioned.kpi_id,
        unioned.variant,
        unioned.milestone as attribution,
        unioned.clock,
        'rate' as measure,
        milestones.observed_on,
        unioned.ticket_key as subject_key,
        milestones.source_system,
        milestones.channel,
        milestones.team,
        milestones.agent_key,
        milestones.priority,
        milestones.ticket_type,
        cast(unioned.numerator as double) as numerator,
        case when unioned.numerator is not null then 1.0 end as denominator,
        unioned.numerator is null as is_censored,
        unioned.numerator is null and unioned.is_early as is_immature
    from unioned
    inner join milestones
        on unioned.ticket_key = milestones.ticket_key and unioned.milestone = milestones.milestone

)

select * from final
