{{ config(severity='warn') }}
-- An amount without a rate in force is left out of every sum, never taken for reporting currency; deliver the rate.
select 'costs' as stream, currency, min(ledger_month) as first_day, count(*) as amount_count
from {{ ref('fct_costs') }}
where amount is null
group by currency
union all
select 'orders' as stream, currency, min(ordered_on) as first_day, count(*) as amount_count
from {{ ref('fct_orders') }}
where original_amount is not null and amount is null
group by currency
union all
select 'subscriptions' as stream, currency, min(started_on) as first_day, count(*) as amount_count
from {{ ref('fct_subscriptions') }}
where original_monthly_revenue is not null and monthly_revenue is null
group by currency
union all
select 'tickets' as stream, settled_currency as currency, min(solved_on) as first_day, count(*) as amount_count
from {{ ref('fct_tickets') }}
where settled_original_amount is not null and solved_at is not null and settled_amount is null
group by settled_currency
