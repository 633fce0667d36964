-- Grain: one ledger line × month it is charged to: opex to its own, capex to as many months as it is spread over.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

rates as (

    select * from {{ ref('int_exchange_rates') }}

),

teams as (

    select * from {{ ref('int_teams') }}

),

lines as (

    select
        costs.*,
        {{ reporting_day('run.as_of', 'run.reporting_time_zone') }} as last_day,
        case costs.nature when 'capex' then run.capex_months else 1 end as month_count
    from {{ ref('stg_generic__costs') }} as costs
    cross join run
    where costs.cost_month <= {{ reporting_day('run.as_of', 'run.reporting_time_zone') }}

),

bounds as (

    select min(cost_month) as first_day, max(last_day) as last_day from lines

),

days as (

    select {{ date_sequence('first_day', 'last_day') }} as date_day from bounds

),

months as (

    select date_day as charged_month from days where extract(day from date_day) = 1

),

-- What was bought is worth what it cost then: the rate of the ledger's month holds for all months it is spread over.
charged as (

    select
        lines.*,
        months.charged_month,
        {{ month_number('months.charged_month') }} - {{ month_number('lines.cost_month') }} + 1 as month_rank,
        rates.rate,
        cast(lines.amount * rates.rate as double) as line_amount
    from lines
    inner join months
        on lines.cost_month <= months.charged_month
            and {{ month_number('months.charged_month') }} - {{ month_number('lines.cost_month') }} < lines.month_count
    left join rates on {{ exchange_rate_of('rates', 'lines.currency', 'lines.cost_month') }}

),

-- The shares of the months are rounded as their running sum is, so that they add up to the line.
final as (

    select
        {{ surrogate_key([
            'charged.source_account', 'charged.cost_month', 'charged.category', 'charged.nature', 'charged.currency',
            'charged.team', 'charged.charged_month'
        ]) }} as cost_key,
        charged.source_system,
        charged.source_account,
        charged.cost_month as ledger_month,
        charged.charged_month,
        charged.category,
        charged.nature,
        coalesce(teams_by_id.team, teams_by_name.team, charged.team) as team,
        coalesce(teams_by_id.team_key, teams_by_name.team_key) as team_key,
        charged.amount as ledger_amount,
        charged.currency,
        charged.rate as exchange_rate,
        cast(
            cast(charged.line_amount * charged.month_rank / charged.month_count as decimal(18, 4))
            - cast(charged.line_amount * (charged.month_rank - 1) / charged.month_count as decimal(18, 4))
            as decimal(18, 4)
        ) as amount
    from charged
    left join teams as teams_by_id
        on charged.source_system = teams_by_id.source_system
            and charged.source_account = teams_by_id.source_account
            and charged.team = teams_by_id.team_id
    left join teams as teams_by_name on charged.team = teams_by_name.team

)

select * from final
