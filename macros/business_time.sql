{# What the business clock of a schedule reads at an instant: open seconds since the clock began. `clock` is the alias
   of int_business_clock, joined with business_clock_at. #}
{% macro business_clock_reading(clock, instant) -%}
    ({{ clock }}.open_seconds_before + case when {{ clock }}.is_open then {{ seconds_between(clock ~ '.from_at', instant) }} else 0 end)
{%- endmacro %}

{# The condition that joins int_business_clock at an instant of one schedule. #}
{% macro business_clock_at(clock, schedule_key, instant) -%}
    {{ clock }}.schedule_key = {{ schedule_key }}
    and {{ clock }}.date_day = cast({{ instant }} as date)
    and {{ clock }}.from_at <= {{ instant }}
    and {{ clock }}.to_at > {{ instant }}
{%- endmacro %}

{# The rows of a relation with the business seconds between started_at and ended_at, NULL when one of them is. The
   relation needs ticket_key, started_at, ended_at and judged_at: the instant whose schedule counts in mode at_event.
   Modes (E11): business_seconds takes each part under the schedule in force then, business_seconds_at_event all of it
   under the one in force at judged_at, business_seconds_at_creation all under the one the ticket was created with. #}
{% macro in_business_time(intervals) -%}
    {%- set measured = business_clock_reading('closing', 'intervals.ended_at') ~ ' - ' ~ business_clock_reading('opening', 'intervals.started_at') -%}
    select
        intervals.*,
        {{ measured }} as business_seconds,
        {{ measured }} as business_seconds_at_event,
        {{ measured }} as business_seconds_at_creation
    from {{ intervals }} as intervals
    inner join {{ ref('int_ticket_schedules') }} as schedules
        on intervals.ticket_key = schedules.ticket_key and schedules.is_only
    left join {{ ref('int_business_clock') }} as opening
        on {{ business_clock_at('opening', 'schedules.schedule_key', 'intervals.started_at') }}
    left join {{ ref('int_business_clock') }} as closing
        on {{ business_clock_at('closing', 'schedules.schedule_key', 'intervals.ended_at') }}
    union all
    select
        intervals.*,
        measured.business_seconds,
        measured.business_seconds_at_event,
        measured.business_seconds_at_creation
    from {{ intervals }} as intervals
    inner join {{ ref('int_ticket_schedules') }} as schedules
        on intervals.ticket_key = schedules.ticket_key and schedules.is_first and not schedules.is_only
    left join ({{ business_seconds_under_changing_schedules(intervals) }}) as measured
        on intervals.ticket_key = measured.ticket_key
            and intervals.started_at = measured.started_at
            and intervals.ended_at = measured.ended_at
            and intervals.judged_at = measured.judged_at
{%- endmacro %}

{# Few tickets change their schedule: only their intervals are cut where the schedule changes, and measured whole under
   the schedules that the other two modes take. #}
{% macro business_seconds_under_changing_schedules(intervals) -%}
    {%- set measured = business_clock_reading('closing', 'parts.to_at') ~ ' - ' ~ business_clock_reading('opening', 'parts.from_at') -%}
    select
        parts.ticket_key,
        parts.started_at,
        parts.ended_at,
        parts.judged_at,
        sum(case when parts.mode = 'cumulative' then {{ measured }} else 0 end) as business_seconds,
        sum(case when parts.mode = 'at_event' then {{ measured }} else 0 end) as business_seconds_at_event,
        sum(case when parts.mode = 'at_creation' then {{ measured }} else 0 end) as business_seconds_at_creation
    from (
        select
            intervals.*,
            modes.mode,
            schedules.schedule_key,
            case
                when modes.mode = 'cumulative' then greatest(intervals.started_at, schedules.started_at)
                else intervals.started_at
            end as from_at,
            case
                when modes.mode = 'cumulative' then least(intervals.ended_at, coalesce(schedules.ended_at, intervals.ended_at))
                else intervals.ended_at
            end as to_at
        from (select distinct ticket_key, started_at, ended_at, judged_at from {{ intervals }}) as intervals
        inner join {{ ref('int_ticket_schedules') }} as schedules
            on intervals.ticket_key = schedules.ticket_key and not schedules.is_only
        cross join (values ('cumulative'), ('at_event'), ('at_creation')) as modes (mode)
        where case modes.mode
            when 'cumulative'
                then schedules.started_at <= intervals.ended_at
                    and (schedules.ended_at is null or schedules.ended_at > intervals.started_at)
            when 'at_event'
                then (schedules.started_at <= intervals.judged_at or schedules.is_first)
                    and (schedules.ended_at is null or schedules.ended_at > intervals.judged_at)
            else schedules.is_first
        end
    ) as parts
    inner join {{ ref('int_business_clock') }} as opening
        on {{ business_clock_at('opening', 'parts.schedule_key', 'parts.from_at') }}
    inner join {{ ref('int_business_clock') }} as closing
        on {{ business_clock_at('closing', 'parts.schedule_key', 'parts.to_at') }}
    group by parts.ticket_key, parts.started_at, parts.ended_at, parts.judged_at
{%- endmacro %}
