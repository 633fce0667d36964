-- Whom a period began with it kept or lost.
select churn.period_grain, churn.period_start, churn.value as churn, retention.value as retention
from {{ ref('kpi_values') }} as churn
left join {{ ref('kpi_values') }} as retention
    on churn.period_grain = retention.period_grain
        and churn.period_start = retention.period_start
        and retention.kpi_id = 'retention_rate'
where churn.kpi_id = 'churn_rate'
    and (
        abs(churn.value + retention.value - 1) > 0.000000001
        or (churn.value is null) <> (retention.value is null)
        or churn.value not between 0 and 1
    )
