-- Grain: one time entry: work on a ticket that an agent or a tool wrote down.
with

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

entries as (

    select * from {{ ref('stg_generic__time_entries') }}

),

agents as (

    select * from {{ ref('int_staffed_agents') }}

),

tickets as (

    select ticket_key, source_system, source_account, ticket_id from {{ ref('int_tickets') }}

),

final as (

    select
        {{ surrogate_key(['entries.source_system', 'entries.source_account', 'entries.entry_id']) }} as time_entry_key,
        tickets.ticket_key,
        agents.agent_key,
        entries.source_system,
        entries.source_account,
        entries.started_at,
        {{ reporting_day('entries.started_at', 'run.reporting_time_zone') }} as started_on,
        entries.seconds
    from entries
    cross join run
    left join tickets
        on entries.source_system = tickets.source_system
            and entries.source_account = tickets.source_account
            and entries.ticket_id = tickets.ticket_id
    left join agents on entries.source_account = agents.told_by_account and entries.agent_id = agents.agent_id
    where entries.started_at <= run.as_of

)

select * from final
