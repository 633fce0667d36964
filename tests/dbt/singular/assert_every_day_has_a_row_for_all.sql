-- Days on which nothing happened are rows too.
select series.kpi_id, days.date_day
from (
    select kpi_id, variant, attribution, statistic, min(period_start) as first_day
    from {{ ref('kpi_values') }}
    where period_grain = 'day' and slice = 'all'
    group by kpi_id, variant, attribution, statistic
) as series
inner join {{ ref('dim_date') }} as days on series.first_day <= days.date_day
left join {{ ref('kpi_values') }} as kpi_values
    on series.kpi_id = kpi_values.kpi_id
        and series.variant = kpi_values.variant
        and series.attribution = kpi_values.attribution
        and series.statistic = kpi_values.statistic
        and days.date_day = kpi_values.period_start
        and kpi_values.period_grain = 'day'
        and kpi_values.slice = 'all'
where kpi_values.kpi_id is null
