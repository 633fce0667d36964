-- Whoever adds up the rows of a topic mart gets the figure of marts.kpi_values, each day, altogether and by team.
with

told as (

    select
        'tickets_created' as kpi_id, 'created' as attribution, created_on as date_day, created_team as team,
        1 as numerator
    from {{ ref('tickets') }}
    where is_countable
    union all
    select
        'average_resolution_time' as kpi_id, 'solved' as attribution, solved_on as date_day, solved_team as team,
        full_resolution_seconds as numerator
    from {{ ref('tickets') }}
    where is_countable and solved_on is not null
    union all
    select
        'tickets_solved' as kpi_id, 'solved' as attribution, solved_on as date_day, team,
        1 as numerator
    from {{ ref('resolutions') }}
    where is_countable and is_standing
    union all
    select
        'reply_time_all' as kpi_id, 'event' as attribution, ended_on as date_day, team,
        wait_seconds as numerator
    from {{ ref('responses') }}
    where is_countable and is_replied
    union all
    select
        'sla_attainment_rate' as kpi_id, 'event' as attribution, settled_on as date_day, team,
        case when is_met then 1 else 0 end as numerator
    from {{ ref('sla') }}
    where is_countable and is_met is not null
    union all
    select
        'abandonment_rate' as kpi_id, 'event' as attribution, started_on as date_day, team,
        case when is_abandoned then 1 else 0 end as numerator
    from {{ ref('calls') }}
    where is_offered
    union all
    select
        'average_handle_time' as kpi_id, 'event' as attribution, worked_on as date_day, team,
        handle_seconds as numerator
    from {{ ref('calls') }}
    where direction = 'inbound' and handle_seconds is not null and worked_on is not null
    union all
    select
        'csat_score' as kpi_id, 'event' as attribution, told_on as date_day, team,
        case when is_satisfied then 1 else 0 end as numerator
    from {{ ref('customer_voice') }}
    where is_countable and kind = 'csat' and normalised_score is not null
    union all
    select
        'nps' as kpi_id, 'event' as attribution, told_on as date_day, team,
        nps_points / 100 as numerator
    from {{ ref('customer_voice') }}
    where is_counted_in_nps
    union all
    select
        'ces' as kpi_id, 'event' as attribution, told_on as date_day, team,
        ces_score as numerator
    from {{ ref('customer_voice') }}
    where is_countable and kind = 'ces' and ces_score is not null
    union all
    select
        'iqs' as kpi_id, 'event' as attribution, told_on as date_day, team,
        quality_score as numerator
    from {{ ref('customer_voice') }}
    where is_countable and kind = 'quality_review' and quality_score is not null
    union all
    select
        'backlog_unsolved' as kpi_id, 'as_of' as attribution, date_day, team,
        backlog_count as numerator
    from {{ ref('backlog_daily') }}

),

sliced as (

    select kpi_id, attribution, date_day, 'all' as slice, 'all' as slice_value, numerator from told
    union all
    select kpi_id, attribution, date_day, 'team' as slice, coalesce(team, 'unassigned') as slice_value, numerator
    from told

),

added_up as (

    select
        kpi_id, attribution, date_day, slice, slice_value,
        {{ exact_sum('numerator') }} as numerator,
        case kpi_id when 'backlog_unsolved' then sum(numerator) else count(*) end as n
    from sliced
    group by kpi_id, attribution, date_day, slice, slice_value

),

-- Means, rates and scores have their sum above the line; a count is its own.
figures as (

    select kpi_id, attribution, period_start as date_day, slice, slice_value, coalesce(numerator, value, 0) as numerator, n
    from {{ ref('kpi_values') }}
    where period_grain = 'day'
        and slice in ('all', 'team')
        and variant = 'default'
        and statistic in ('count', 'mean', 'rate', 'score')
        and clock in ('none', 'calendar')
        and kpi_id in (select kpi_id from told)

),

compared_attributions as (

    select distinct kpi_id, attribution from told

)

select figures.*, added_up.numerator as mart_numerator, added_up.n as mart_n
from figures
inner join compared_attributions
    on figures.kpi_id = compared_attributions.kpi_id and figures.attribution = compared_attributions.attribution
left join added_up
    on figures.kpi_id = added_up.kpi_id
        and figures.attribution = added_up.attribution
        and figures.date_day = added_up.date_day
        and figures.slice = added_up.slice
        and figures.slice_value = added_up.slice_value
where abs(figures.numerator - coalesce(added_up.numerator, 0)) > 0.000001
    or figures.n <> coalesce(added_up.n, 0)
