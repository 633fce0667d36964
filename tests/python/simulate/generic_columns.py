"""The streams beside the tickets: their columns in the published contract; a star marks the required ones."""

BESIDE = {
    stream: columns.split()
    for stream, columns in {
        "calls": """call_id* ticket_id direction* started_at* outcome* block_cause wait_seconds ivr_seconds
            talk_seconds hold_seconds wrap_up_seconds agent_id group_id customer_id""",
        "call_legs": """leg_id* call_id* agent_id started_at* outcome talk_seconds hold_seconds
            wrap_up_seconds""",
        "surveys": """survey_id* kind* ticket_id customer_id agent_id requested_at sent_at sent_by delivered
            responded_at score scale_min scale_max higher_is_better has_comment""",
        "quality_reviews": """review_id* ticket_id agent_id reviewer_id reviewed_at* category* weight
            is_critical score scale_min scale_max""",
        "agent_states": "agent_id* state* started_at* ended_at channel ticket_id",
        "shifts": "shift_id* agent_id* starts_at* ends_at* is_paid",
        "time_entries": "entry_id* ticket_id* agent_id started_at* seconds*",
        "subscriptions": "customer_id* started_at* ended_at monthly_revenue currency margin_rate",
        "orders": """order_id* customer_id ordered_at* confirmed_at shipped_at delayed_at notified_at
            first_asked_at amount currency""",
        "engagement_events": "event_id* customer_id* occurred_at* kind*",
        "journey_events": "journey_id* customer_id request_kind occurred_at* kind* screen",
        "articles": "article_id* title ticket_type published_at reviewed_at is_flagged author_id",
        "knowledge_events": """event_id* occurred_at* kind* article_id query results visitor_id customer_id
            agent_id ticket_id""",
        "bot_conversations": "conversation_id* started_at* customer_id outcome* ticket_id",
        "suggestions": "suggestion_id* created_at* customer_id votes",
        "costs": "month* category* nature* amount* currency* team",
        "exchange_rates": "date* currency* rate_to_reporting*",
    }.items()
}
VALUES = {
    ("calls", "direction"): "inbound outbound",
    ("calls", "outcome"): """answered abandoned_in_ivr abandoned_in_queue abandoned_on_hold voicemail callback
        overflowed outside_hours missed blocked""",
    ("calls", "block_cause"): "network no_staff",
    ("call_legs", "outcome"): "answered missed",
    ("surveys", "kind"): "csat nps ces",
    ("surveys", "sent_by"): "email chat web phone",
    ("agent_states", "state"): "handling available after_call break training meeting offline",
    ("journey_events", "kind"): "start screen click complete abandon",
    ("knowledge_events", "kind"): "view search vote_up vote_down link create update flag",
    ("bot_conversations", "outcome"): "resolved_confirmed resolved_assumed handed_over dropped",
    ("costs", "nature"): "opex capex",
    ("costs", "currency"): "EUR USD",
}
