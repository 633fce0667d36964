-- A month that lies in the warehouse with all its days costs what the ledger charges to it.
with

ledger as (

    select charged_month, cast(sum(amount) as double) as amount from {{ ref('fct_costs') }} group by charged_month

),

whole_months as (

    select period_start
    from {{ ref('bridge_date_period') }}
    where period_grain = 'month' and is_over
    group by period_start
    having min(date_day) = period_start

)

select ledger.charged_month, ledger.amount, kpi_values.value
from ledger
inner join whole_months on ledger.charged_month = whole_months.period_start
inner join {{ ref('kpi_values') }} as kpi_values
    on ledger.charged_month = kpi_values.period_start
        and kpi_values.kpi_id = 'support_cost_total'
        and kpi_values.period_grain = 'month'
        and kpi_values.slice = 'all'
where abs(ledger.amount - kpi_values.value) > 0.005
