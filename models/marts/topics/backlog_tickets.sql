-- Grain: one ticket unsolved at the end of one week, month, quarter or year, or at as_of.
with

backlog as (

    select * from {{ ref('fct_backlog_at_period_ends') }}

),

ends as (

    select period_grain, period_start, max(date_day) as period_end_on
    from {{ ref('bridge_date_period') }}
    where period_grain <> 'day'
    group by period_grain, period_start

),

-- One day can end a week, a month, a quarter and a year.
flags as (

    select
        period_end_on,
        period_end_on = max(period_end_on) over () as is_latest,
        max(case when period_grain = 'week' then 1 else 0 end) = 1 as is_week_end,
        max(case when period_grain = 'month' then 1 else 0 end) = 1 as is_month_end,
        max(case when period_grain = 'quarter' then 1 else 0 end) = 1 as is_quarter_end,
        max(case when period_grain = 'year' then 1 else 0 end) = 1 as is_year_end
    from ends
    group by period_end_on

),

final as (

    select
        backlog.period_end_on,
        flags.is_latest,
        flags.is_week_end,
        flags.is_month_end,
        flags.is_quarter_end,
        flags.is_year_end,
        backlog.ticket_key,
        tickets.ticket_id,
        tickets.source_system,
        tickets.source_account,
        backlog.status,
        tickets.priority,
        tickets.ticket_type,
        tickets.channel,
        tickets.requester_key as customer_key,
        backlog.team,
        backlog.agent_key,
        agents.agent_name,
        tickets.created_on,
        tickets.solved_on,
        backlog.age_seconds,
        cast(backlog.age_seconds as double) / 86400 as age_days,
        case
            when backlog.age_seconds < 86400 then '0_1d'
            when backlog.age_seconds < 3 * 86400 then '1_3d'
            when backlog.age_seconds < 7 * 86400 then '3_7d'
            when backlog.age_seconds < 14 * 86400 then '7_14d'
            when backlog.age_seconds < 30 * 86400 then '14_30d'
            else '30d_plus'
        end as age_band,
        backlog.waiting_seconds,
        {{ hours('backlog.waiting_seconds') }} as waiting_hours
    from backlog
    inner join flags on backlog.period_end_on = flags.period_end_on
    inner join {{ ref('fct_tickets') }} as tickets on backlog.ticket_key = tickets.ticket_key
    left join {{ ref('dim_agent') }} as agents on backlog.agent_key = agents.agent_key

)

select * from final
