-- Grain: one team, in its latest version.
with

source as (

    select * from {{ source('generic', 'groups') }}

),

renamed as (

    select
        'generic' as source_system,
        _account as source_account,
        nullif(trim(group_id), '') as group_id,
        nullif(trim(name), '') as group_name,
        nullif(trim(tier), '') as tier,
        _loaded_at,
        _file,
        _line
    from source

),

final as (

    {{ latest_version('renamed', ['source_account', 'group_id']) }}

)

select * from final
