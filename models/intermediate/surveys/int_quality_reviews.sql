-- Grain: one quality review: its categories weighed into one score (G6).
with

categories as (

    select * from {{ ref('stg_generic__quality_reviews') }}

),

run as (

    select * from {{ ref('stg_warehouse__run') }}

),

-- A category that does not apply has no score, and one outside its scale tells nothing: both are left out.
rated as (

    select
        categories.*,
        case
            when categories.scale_min < categories.scale_max
                and categories.score between categories.scale_min and categories.scale_max
                then (categories.score - categories.scale_min) / (categories.scale_max - categories.scale_min)
        end as normalised_score
    from categories
    cross join run
    where categories.reviewed_at <= run.as_of

),

summed as (

    select
        source_system,
        source_account,
        review_id,
        max(ticket_id) as ticket_id,
        max(agent_id) as agent_id,
        max(reviewer_id) as reviewer_id,
        max(reviewed_at) as reviewed_at,
        count(*) as category_count,
        count(normalised_score) as rated_category_count,
        sum(case when is_critical and normalised_score < 0.5 then 1 else 0 end) as failed_critical_count,
        {{ exact_sum('normalised_score * weight') }} as weighted_sum,
        {{ exact_sum('case when normalised_score is not null then weight end') }} as weight_sum
    from rated
    group by source_system, source_account, review_id

),

final as (

    select
        {{ surrogate_key(['source_system', 'source_account', 'review_id']) }} as review_key,
        {{ surrogate_key(['source_system', 'source_account', 'ticket_id']) }} as ticket_key,
        source_system,
        source_account,
        agent_id,
        reviewer_id,
        reviewed_at,
        category_count,
        rated_category_count,
        failed_critical_count,
        weighted_sum / nullif(weight_sum, 0) as weighted_score,
        case when failed_critical_count > 0 then cast(0 as double) else weighted_sum / nullif(weight_sum, 0) end as score
    from summed

)

select * from final
