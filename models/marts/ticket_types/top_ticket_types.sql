-- Grain: one period × rank of its five most common ticket types.
with

created as (

    select * from {{ ref('kpi_period_aggregates') }} where kpi_id = 'tickets_created' and variant = 'default'

),

ranked as (

    select
        created.period_grain,
        created.period_start,
        row_number() over (
            partition by created.period_grain, created.period_start order by created.numerator desc, created.slice_value asc
        ) as type_rank,
        created.slice_value as ticket_type,
        created.numerator as ticket_count,
        whole.numerator as all_ticket_count
    from created
    inner join created as whole
        on created.period_grain = whole.period_grain and created.period_start = whole.period_start and whole.slice = 'all'
    where created.slice = 'ticket_type' and created.slice_value <> 'unknown'

),

final as (

    select
        period_grain,
        period_start,
        cast(type_rank as bigint) as type_rank,
        ticket_type,
        cast(ticket_count as bigint) as ticket_count,
        cast(all_ticket_count as bigint) as all_ticket_count,
        ticket_count / all_ticket_count as share_rate
    from ranked
    where type_rank <= 5

)

select * from final
