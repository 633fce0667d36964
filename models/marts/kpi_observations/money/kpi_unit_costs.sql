-- Grain: one cost per contact or per resolution × slice value × month, quarter or year.
with

periods as (

    select * from {{ ref('bridge_date_period') }} where period_grain in ('month', 'quarter', 'year')

),

-- What no team bears alone is not what tickets without a team cost.
costs as (

    select period_start as date_day, slice, slice_value, numerator as cost, n > 0 and n_immature = 0 as is_known, n_immature
    from {{ ref('kpi_period_aggregates') }}
    where kpi_id = 'support_cost_total'
        and period_grain = 'day'
        and slice in ('all', 'team')
        and (slice = 'all' or slice_value <> 'unassigned')

),

-- Most tickets are created for nobody: the first team that held one is whom the contact cost.
team_contacts as (

    select contacts.observed_on, coalesce(first_teams.team, contacts.team) as team
    from {{ ref('kpi_contacts') }} as contacts
    left join {{ ref('kpi_first_teams') }} as first_teams on contacts.subject_key = first_teams.ticket_key
    where contacts.kpi_id = 'contact_volume_total'

),

served as (

    select
        case kpi_id when 'contact_volume_total' then 'cost_per_contact' else 'cost_per_resolution' end as kpi_id,
        period_start as date_day,
        slice,
        slice_value,
        numerator as unit_count
    from {{ ref('kpi_period_aggregates') }}
    where kpi_id in ('contact_volume_total', 'tickets_solved')
        and variant = 'default'
        and period_grain = 'day'
        and (slice = 'all' or kpi_id = 'tickets_solved')
    union all
    select
        'cost_per_contact' as kpi_id, observed_on as date_day, 'team' as slice, team as slice_value,
        cast(count(*) as double) as unit_count
    from team_contacts
    where team is not null
    group by observed_on, team

),

kpis as (

    select distinct kpi_id from served

),

-- Cost is shared by what was done on the days it is wholly known of, and by nothing else.
summed as (

    select
        kpis.kpi_id,
        periods.period_grain,
        periods.period_start,
        periods.is_over,
        costs.slice,
        costs.slice_value,
        {{ exact_sum('case when costs.is_known then costs.cost end') }} as cost,
        sum(case when costs.is_known then coalesce(served.unit_count, 0) end) as unit_count,
        sum(costs.n_immature) as immature_count
    from costs
    inner join periods on costs.date_day = periods.date_day
    cross join kpis
    left join served
        on kpis.kpi_id = served.kpi_id
            and costs.date_day = served.date_day
            and costs.slice = served.slice
            and costs.slice_value = served.slice_value
    group by
        kpis.kpi_id, periods.period_grain, periods.period_start, periods.is_over, costs.slice, costs.slice_value

),

final as (

    select
        kpi_id,
        'default' as variant,
        case kpi_id when 'cost_per_contact' then 'event' else 'solved' end as attribution,
        'mean' as statistic,
        'none' as clock,
        period_grain,
        period_start,
        slice,
        slice_value,
        cost / nullif(unit_count, 0) as value,
        cost as numerator,
        cast(coalesce(unit_count, 0) as double) as denominator,
        cast(coalesce(unit_count, 0) as bigint) as n,
        cast(0 as bigint) as n_censored,
        is_over and immature_count = 0 as is_complete
    from summed

)

select * from final
