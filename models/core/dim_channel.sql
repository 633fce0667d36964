-- Grain: one channel, in our words.
with

mapped as (

    select distinct channel from {{ ref('channels') }}

),

final as (

    select channel, channel in ('phone', 'chat', 'messaging') as is_live from mapped
    union all
    select 'unknown' as channel, cast(null as boolean) as is_live

)

select * from final
