-- Grain: one version of an SLA policy, as it landed last.
with

source as (

    select * from {{ source('zendesk', 'sla_policies') }}

),

renamed as (

    select
        'zendesk' as source_system,
        _account as source_account,
        trim(id) as policy_id,
        trim(title) as policy_title,
        cast(nullif(trim(source.position), '') as bigint) as position,
        source.filter,
        policy_metrics,
        {{ iso_to_utc('created_at', "'UTC'") }} as created_at,
        {{ iso_to_utc('updated_at', "'UTC'") }} as updated_at,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'policy_id', 'updated_at']) }}

)

select * from final
