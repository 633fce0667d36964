"""The facts of core by subject, so that each entity diagram can be read."""

SUBJECTS = {
    "tickets": (
        *("fct_tickets", "fct_ticket_spells", "fct_messages", "fct_reply_waits", "fct_sla_instances"),
        *("fct_escalations", "fct_vendor_times", "fct_backlog_at_period_ends", "fct_backlog_daily"),
    ),
    "calls": ("fct_calls", "fct_call_legs", "fct_contacts_half_hourly"),
    "workforce": (
        *("fct_agent_time", "fct_shifts", "fct_time_entries", "fct_agent_workload_daily"),
        "fct_opening_attendance",
    ),
    "voice": ("fct_surveys", "fct_survey_events", "fct_quality_reviews", "fct_suggestions"),
    "money": (
        *("fct_costs", "fct_subscriptions", "fct_customer_periods", "fct_orders", "fct_engagement_events"),
    ),
    "self_service": (
        *("fct_help_sessions", "fct_knowledge_events", "fct_article_verdicts", "fct_bot_conversations"),
        "fct_journeys",
    ),
}

SUBJECT_NAMES = {
    "tickets": "Tickets",
    "calls": "Calls",
    "workforce": "Workforce",
    "voice": "Customer voice",
    "money": "Money and customers",
    "self_service": "Self-service",
}
