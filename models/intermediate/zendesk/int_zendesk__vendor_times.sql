-- Grain: one figure of Zendesk's own on one ticket, by one clock.
with

metrics as (

    select
        *,
        {{ surrogate_key(['source_system', 'source_account', 'ticket_id']) }} as ticket_key
    from {{ ref('stg_zendesk__ticket_metrics') }}

),

figures as (

    select figures.*
    from (
        values
        ('first_reply', 'calendar'), ('first_reply', 'business'),
        ('first_resolution', 'calendar'), ('first_resolution', 'business'),
        ('full_resolution', 'calendar'), ('full_resolution', 'business'),
        ('agent_wait', 'calendar'), ('agent_wait', 'business'),
        ('requester_wait', 'calendar'), ('requester_wait', 'business'),
        ('on_hold', 'calendar'), ('on_hold', 'business'),
        ('reopens', 'none'), ('replies', 'none'), ('assignee_stations', 'none'), ('group_stations', 'none')
    ) as figures (figure, clock)

),

final as (

    select
        metrics.ticket_key,
        metrics.source_system,
        metrics.source_account,
        figures.figure,
        figures.clock,
        case
            when figures.clock = 'calendar' and figures.figure = 'first_reply' then metrics.reply_calendar_minutes
            when figures.clock = 'calendar' and figures.figure = 'first_resolution' then metrics.first_resolution_calendar_minutes
            when figures.clock = 'calendar' and figures.figure = 'full_resolution' then metrics.full_resolution_calendar_minutes
            when figures.clock = 'calendar' and figures.figure = 'agent_wait' then metrics.agent_wait_calendar_minutes
            when figures.clock = 'calendar' and figures.figure = 'requester_wait' then metrics.requester_wait_calendar_minutes
            when figures.clock = 'calendar' and figures.figure = 'on_hold' then metrics.on_hold_calendar_minutes
            when figures.clock = 'business' and figures.figure = 'first_reply' then metrics.reply_business_minutes
            when figures.clock = 'business' and figures.figure = 'first_resolution' then metrics.first_resolution_business_minutes
            when figures.clock = 'business' and figures.figure = 'full_resolution' then metrics.full_resolution_business_minutes
            when figures.clock = 'business' and figures.figure = 'agent_wait' then metrics.agent_wait_business_minutes
            when figures.clock = 'business' and figures.figure = 'requester_wait' then metrics.requester_wait_business_minutes
            when figures.clock = 'business' and figures.figure = 'on_hold' then metrics.on_hold_business_minutes
        end as vendor_minutes,
        case figures.figure
            when 'reopens' then metrics.reopen_count
            when 'replies' then metrics.reply_count
            when 'assignee_stations' then metrics.assignee_station_count
            when 'group_stations' then metrics.group_station_count
        end as vendor_count,
        metrics.changed_at as vendor_changed_at,
        coalesce(metrics.status_updated_at, metrics.changed_at) as vendor_status_changed_at
    from metrics
    cross join figures

)

select * from final
