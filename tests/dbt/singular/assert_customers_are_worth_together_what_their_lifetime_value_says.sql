-- The margins earned so far of all customers, and those lost or still there, are those behind clv and retention as of the run.
with

customers as (

    select
        {{ exact_sum('margin_to_date') }} as margin_to_date,
        count(margin_to_date) as paying_count,
        sum(case when is_active then 1 else 0 end) as active_count
    from {{ ref('customers') }}

),

last_months as (

    select
        *,
        row_number() over (order by period_start desc) as recency
    from {{ ref('kpi_values') }}
    where kpi_id = 'clv' and variant = 'historic' and period_grain = 'month' and slice = 'all'

),

there as (

    select
        sum(case when ended_on is null then 1 else 0 end) as active_count
    from {{ ref('fct_customer_periods') }}

)

select customers.*, last_months.numerator, last_months.denominator
from customers
cross join there
inner join last_months on last_months.recency = 1
where abs(customers.margin_to_date - last_months.numerator) > 0.01
    or customers.paying_count <> last_months.denominator
    or customers.active_count <> there.active_count
