-- Grain: one status of the account's own, in its latest version.
with

source as (

    select * from {{ source('zendesk', 'custom_statuses') }}

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as custom_status_id,
        lower(trim(status_category)) as status_category,
        nullif(trim(agent_label), '') as agent_label,
        coalesce(cast(nullif(trim(active), '') as boolean), true) as is_active,
        {{ iso_to_utc('created_at', "'UTC'") }} as created_at,
        {{ iso_to_utc('updated_at', "'UTC'") }} as updated_at,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'custom_status_id'], ['updated_at']) }}

)

select * from final
