-- Grain: one KPI × helpdesk account: whether what it needs is there, and what came of it.
with

registry as (

    select * from {{ ref('kpi_registry') }}

),

streams as (

    select * from {{ ref('dim_account_stream') }}

),

accounts as (

    select distinct source_system, source_account from streams

),

required as (

    select kpi_id, {{ each_part("replace(required_streams, ' ', ',')") }} as needed from registry

),

-- Of streams with a stroke between them one is enough.
alternatives as (

    select kpi_id, needed, {{ each_part("replace(needed, '|', ',')") }} as stream from required

),

held as (

    select
        accounts.source_system,
        accounts.source_account,
        alternatives.kpi_id,
        alternatives.needed,
        max(case when streams.stream is null then 0 else 1 end) as is_there,
        max(case alternatives.stream when 'tickets' then 1 else 0 end) as is_of_tickets
    from accounts
    cross join alternatives
    left join streams
        on accounts.source_system = streams.source_system
            and accounts.source_account = streams.source_account
            and alternatives.stream = streams.stream
            and streams.record_count > 0
    group by accounts.source_system, accounts.source_account, alternatives.kpi_id, alternatives.needed

),

needs as (

    select
        source_system,
        source_account,
        kpi_id,
        {{ joined_texts("case when is_there = 0 then replace(needed, '|', ' or ') end") }} as missing_streams,
        max(is_of_tickets) = 1 as is_of_tickets
    from held
    group by source_system, source_account, kpi_id

),

told as (

    select
        kpi_id,
        slice,
        slice_value,
        count(*) as value_count,
        coalesce(min(case period_grain when 'day' then period_start end), min(period_start)) as first_day,
        coalesce(max(case period_grain when 'day' then period_start end), max(period_start)) as last_day,
        cast(sum(n_censored) as double) / nullif(sum(n) + sum(n_censored), 0) as censored_rate
    from {{ ref('kpi_values') }}
    where value is not null and slice in ('all', 'source_system')
    group by kpi_id, slice, slice_value

),

inputs as (

    select
        source_system,
        source_account,
        avg(cast(case when has_missing_inputs then 1 else 0 end as double)) as missing_input_rate
    from {{ ref('kpi_ticket_inputs') }}
    group by source_system, source_account

),

final as (

    select
        needs.kpi_id,
        needs.source_system,
        needs.source_account,
        needs.missing_streams is null as has_required_streams,
        told.kpi_id is not null as has_values,
        coalesce(told.value_count, 0) as value_count,
        told.first_day,
        told.last_day,
        case when needs.is_of_tickets then cast(inputs.missing_input_rate as double) end as missing_input_rate,
        told.censored_rate,
        case
            when told.kpi_id is not null then null
            when needs.missing_streams is not null then 'has not landed: ' || needs.missing_streams
            else 'its streams are there, and nothing in them that it tells of'
        end as reason
    from needs
    inner join registry on needs.kpi_id = registry.kpi_id
    -- A KPI that is not told by system tells of every account that has what it needs.
    left join told
        on needs.kpi_id = told.kpi_id
            and (
                (told.slice = 'source_system' and needs.source_system = told.slice_value)
                or (
                    told.slice = 'all'
                    and concat(' ', registry.slices, ' ') not like '% source_system %'
                    and needs.missing_streams is null
                )
            )
    left join inputs
        on needs.source_system = inputs.source_system and needs.source_account = inputs.source_account

)

select * from final
