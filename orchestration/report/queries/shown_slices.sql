-- Slice values that can be chosen: the busiest of each kind, by tickets created or solved in the last three months.
create or replace temp table shown_slices as
with

volumes as (
    select
        slice,
        slice_value,
        sum(value) filter (
            where kpi_id in ('tickets_created', 'tickets_solved') and statistic = 'count'
                and period_start > (select max(period_start) from axis where period_grain = 'month') - interval 3 month
        ) as ticket_count
    from marts.kpi_values
    where slice in ('channel', 'team', 'priority') and period_grain = 'month' and variant = 'default'
    group by slice, slice_value
),

ranked as (
    select
        *,
        row_number() over (partition by slice order by ticket_count desc nulls last, slice_value) as place,
        count(*) over (partition by slice) as value_count
    from volumes
)

select slice, slice_value, place, value_count from ranked where place <= $most
union all
select 'all', 'all', 1, 1
