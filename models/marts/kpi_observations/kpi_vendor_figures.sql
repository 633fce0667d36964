-- Grain: one observation of a KPI as the helpdesk itself figures it; published beside ours, as a variant.
with

milestones as (

    select * from {{ ref('kpi_ticket_milestones') }} where is_countable

),

tickets as (

    select * from {{ ref('fct_tickets') }}

),

holders as (

    select
        milestones.ticket_key,
        milestones.agent_key,
        milestones.team,
        milestones.observed_on,
        milestones.milestone
    from milestones
    where milestones.milestone in ('created', 'solved')

),

joined as (

    select
        holders.milestone,
        holders.observed_on,
        holders.agent_key as holder_key,
        holders.team as holding_team,
        tickets.*
    from holders
    inner join tickets on holders.ticket_key = tickets.ticket_key

),

resolution_times as (

    select
        'average_resolution_time' as kpi_id, 'vendor_resolved_at' as variant, 'solved' as attribution,
        'calendar' as clock, 'distribution' as measure,
        cast(vendor_full_resolution_seconds as double) as numerator, vendor_resolved_on as event_on, joined.*
    from joined
    where milestone = 'solved' and vendor_full_resolution_seconds is not null
    union all
    select
        'average_resolution_time' as kpi_id, 'vendor_last_resolved' as variant, 'solved' as attribution,
        'calendar' as clock, 'distribution' as measure,
        cast(vendor_last_resolved_event_seconds as double) as numerator, vendor_last_resolved_event_on as event_on, joined.*
    from joined
    where milestone = 'solved' and vendor_last_resolved_event_seconds is not null

),

-- The vendor's verdict is final only once the ticket is solved; before that the ticket is neither met nor missed.
sla_verdicts as (

    select
        'sla_attainment_rate' as kpi_id, 'vendor_made_sla' as variant, milestone as attribution,
        'none' as clock, 'rate' as measure,
        case
            when solved_at is null then null
            when is_vendor_sla_met then 1.0
            else 0.0
        end as numerator,
        observed_on as event_on, joined.*
    from joined
    where is_vendor_sla_met is not null
    union all
    select
        'sla_breach_count' as kpi_id, 'vendor_made_sla' as variant, 'solved' as attribution,
        'none' as clock, 'count' as measure,
        case when is_vendor_sla_met then 0.0 else 1.0 end as numerator,
        observed_on as event_on, joined.*
    from joined
    where is_vendor_sla_met is not null and milestone = 'solved'

),

reassignments as (

    select
        'transfer_count' as kpi_id, 'vendor_reassignments' as variant, 'solved' as attribution,
        'none' as clock, 'average' as measure,
        cast(vendor_reassignment_count as double) as numerator, observed_on as event_on, joined.*
    from joined
    where milestone = 'solved' and vendor_reassignment_count is not null

),

unioned as (

    select * from resolution_times
    union all
    select * from sla_verdicts
    union all
    select * from reassignments

),

final as (

    select
        kpi_id,
        variant,
        attribution,
        clock,
        measure,
        event_on as observed_on,
        ticket_key as subject_key,
        source_system,
        channel,
        holding_team as team,
        holder_key as agent_key,
        priority,
        ticket_type,
        numerator,
        case when measure <> 'count' and numerator is not null then 1.0 end as denominator,
        attribution = 'created' and solved_at is null and status not in ('solved', 'closed') as is_censored,
        attribution = 'created' and not is_mature as is_immature
    from unioned

)

select * from final
