-- Articles are contributed in one of four ways, and a bot's resolution is confirmed or assumed: the variants make the default.
with

parts as (

    select
        kpi_id, period_grain, period_start, slice, slice_value,
        sum(case when variant = 'default' then coalesce(numerator, value) else 0 end) as whole,
        sum(case when variant <> 'default' then coalesce(numerator, value) else 0 end) as parts
    from {{ ref('kpi_values') }}
    where kpi_id in ('articles_contributed', 'bot_resolution_rate')
    group by kpi_id, period_grain, period_start, slice, slice_value

)

select * from parts where whole <> parts
