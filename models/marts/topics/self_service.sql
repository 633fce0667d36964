-- Grain: one day, week, month, quarter or year.
with

figures as (

    select *
    from {{ ref('kpi_values') }}
    where slice = 'all'

),

periods as (

    select distinct period_grain, period_start, is_over from {{ ref('bridge_date_period') }}

),

pivoted as (

    select
        period_grain,
        period_start,
        {{ figure_count('self_service_score', statistic='rate', column='numerator') }} as help_user_count,
        {{ figure_count('self_service_score', statistic='rate', column='denominator') }} as requester_count,
        {{ figure('self_service_score', 'rate') }} as self_service_ratio,
        {{ figure_count('deflection_rate', variant='with_unknown_visitors', statistic='rate', column='n') }} as session_count,
        {{ figure_count('deflection_rate', statistic='rate', column='n') }} as matchable_session_count,
        {{ figure('deflection_rate', 'rate') }} as deflection_rate,
        {{ figure_count('article_helpfulness', statistic='rate', column='n') }} as article_vote_count,
        {{ figure('article_helpfulness', 'rate') }} as article_helpful_rate,
        {{ figure_count('content_gap_rate', variant='failed_searches', statistic='rate', column='n') }} as search_count,
        {{ figure('content_gap_rate', 'rate', variant='failed_searches') }} as failed_search_rate,
        {{ figure('content_gap_rate', 'rate', 'as_of') }} as content_gap_rate,
        {{ figure('article_freshness', 'rate', 'as_of') }} as article_freshness_rate,
        {{ figure_count('articles_contributed', variant='created') }} as articles_created_count,
        {{ figure_count('articles_contributed', variant='updated') }} as articles_updated_count,
        {{ figure_count('articles_contributed', variant='flagged') }} as articles_flagged_count,
        {{ figure_count('articles_contributed', variant='linked') }} as articles_linked_count,
        {{ figure_count('bot_resolution_rate', statistic='rate', column='n') }} as bot_conversation_count,
        {{ figure('bot_resolution_rate', 'rate') }} as bot_resolution_rate,
        {{ figure('bot_resolution_rate', 'rate', variant='confirmed') }} as bot_confirmed_resolution_rate,
        {{ figure('self_solved_rate', 'rate', 'solved') }} as self_solved_ticket_rate,
        {{ figure('effort_screens', 'median') }} as median_journey_screens,
        {{ figure('effort_clicks', 'median') }} as median_journey_clicks,
        {{ figure('one_click_completion_rate', 'rate') }} as one_click_completion_rate,
        {{ figure('proactive_notification_rate', 'rate') }} as proactive_notification_rate,
        {{ figure_count('suggestion_votes') }} as suggestion_count,
        {{ figure_count('suggestion_votes', variant='votes') }} as suggestion_vote_count
    from figures
    group by period_grain, period_start

),

final as (

    select
        pivoted.*,
        periods.is_over
    from pivoted
    inner join periods on pivoted.period_grain = periods.period_grain and pivoted.period_start = periods.period_start

)

select * from final
