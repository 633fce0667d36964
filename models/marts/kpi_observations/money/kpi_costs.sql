-- Grain: one day's share of what a team's (or the whole service's) month cost.
with

costs as (

    select * from {{ ref('fct_costs') }}

),

days as (

    select * from {{ ref('dim_date') }}

),

monthly as (

    select
        coalesce(team, '') as team,
        charged_month,
        cast(sum(amount) as double) as amount,
        max(case when amount is null then 1 else 0 end) as is_amount_missing
    from costs
    group by coalesce(team, ''), charged_month

),

bearers as (

    select team, min(charged_month) as first_month from monthly group by team

),

ledger as (

    select max(ledger_month) as last_month from costs

),

-- A ledger is written after its month: what it has not told yet is no saving, and keeps the period open.
daily as (

    select
        days.date_day,
        nullif(bearers.team, '') as team,
        monthly.amount / cast({{ days_of_month('days.month_start') }} as double) as amount,
        days.month_start > ledger.last_month or coalesce(monthly.is_amount_missing, 0) = 1 as is_immature
    from bearers
    inner join days on bearers.first_month <= days.month_start
    cross join ledger
    left join monthly on bearers.team = monthly.team and days.month_start = monthly.charged_month

),

final as (

    select
        'support_cost_total' as kpi_id,
        'default' as variant,
        'event' as attribution,
        'none' as clock,
        'sum' as measure,
        date_day as observed_on,
        cast(null as {{ dbt.type_string() }}) as subject_key,
        'generic' as source_system,
        cast(null as {{ dbt.type_string() }}) as channel,
        team,
        cast(null as {{ dbt.type_string() }}) as agent_key,
        cast(null as {{ dbt.type_string() }}) as priority,
        cast(null as {{ dbt.type_string() }}) as ticket_type,
        cast(amount as double) as numerator,
        cast(null as double) as denominator,
        false as is_censored,
        is_immature
    from daily

)

select * from final
