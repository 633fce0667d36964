-- Grain: one phone call, in its latest version.
with

source as (

    select * from {{ source('zendesk', 'calls') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as call_id,
        nullif(trim(ticket_id), '') as ticket_id,
        nullif(nullif(trim(agent_id), ''), '0') as agent_id,
        nullif(nullif(trim(customer_id), ''), '0') as customer_id,
        nullif(trim(call_group_id), '') as call_group_id,
        lower(trim(direction)) as direction,
        nullif(trim(completion_status), '') as completion_status,
        {{ iso_to_utc('created_at', "'UTC'") }} as started_at,
        {{ iso_to_utc('updated_at', "'UTC'") }} as updated_at,
        cast(nullif(trim(duration), '') as bigint) as call_seconds,
        cast(nullif(trim(talk_time), '') as bigint) as talk_seconds,
        cast(nullif(trim(hold_time), '') as bigint) as hold_seconds,
        cast(nullif(trim(wait_time), '') as bigint) as wait_seconds,
        cast(nullif(trim(time_to_answer), '') as bigint) as answer_seconds,
        cast(nullif(trim(wrap_up_time), '') as bigint) as wrap_up_seconds,
        cast(nullif(trim(consultation_time), '') as bigint) as consultation_seconds,
        cast(nullif(trim(ivr_time_spent), '') as bigint) as menu_seconds,
        cast(nullif(trim(ivr_hops), '') as bigint) as menu_step_count,
        cast(nullif(trim(exceeded_queue_wait_time), '') as boolean) as has_exceeded_queue_time,
        cast(nullif(trim(outside_business_hours), '') as boolean) as is_outside_business_hours,
        cast(nullif(trim(overflowed), '') as boolean) as is_overflowed,
        cast(nullif(trim(voicemail), '') as boolean) as is_voicemail,
        cast(nullif(trim(customer_requested_voicemail), '') as boolean) as is_requested_voicemail,
        cast(nullif(trim(callback), '') as boolean) as is_callback,
        cast(nullif(trim(call_charge), '') as decimal(18, 4)) as call_charge,
        cast(nullif(trim(minutes_billed), '') as bigint) as billed_minutes,
        _loaded_at,
        _file,
        _line
    from source

),

-- As of an earlier day the version of that day counts.
known as (

    select
        renamed.*,
        coalesce(renamed.updated_at, renamed.started_at) <= run.as_of as is_known_as_of_run
    from renamed
    cross join run

),

final as (

    {{ latest_version('known', ['source_account', 'call_id'], ['is_known_as_of_run', 'updated_at']) }}

)

select * from final
