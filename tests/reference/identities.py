"""What must add up in customer service whatever the data say, and the data tests that prove it."""

# They run in every refresh, and in tests/python/models/test_identities.py over a year of random data. That a
# second run with the same as_of publishes the same bytes is shown in tests/python/cli/test_refreshing.py.
IDENTITIES: dict[str, tuple[str, ...]] = {
    "backlog of a day = yesterday's + what came - what went": (
        "assert_backlog_is_yesterdays_plus_what_came_minus_what_went",
        "assert_backlog_at_as_of_equals_unsolved_tickets",
        "assert_net_flow_is_the_change_of_the_backlog",
    ),
    "time in all statuses = the whole life": ("assert_status_seconds_add_up_to_the_full_resolution",),
    "requester wait = new + open + hold; agent work = new + open; full = requester wait + pending + gaps": (
        "assert_waits_are_sums_of_their_statuses",
    ),
    "resolution without pending and hold <= without one of them <= full": (
        "assert_resolution_without_statuses_is_never_longer",
    ),
    "business time <= calendar time": (
        "assert_business_seconds_are_never_more_than_calendar_seconds",
        "assert_business_times_are_never_longer",
        "assert_always_open_business_time_is_calendar_time",
    ),
    "first response <= full resolution where the reply came before the solve": (
        "assert_replies_before_the_last_solve_come_sooner_than_it",
    ),
    "retention + churn = 1": (
        "assert_retention_and_churn_add_up_to_one",
        "assert_customers_at_the_end_are_those_kept_and_those_who_came",
    ),
    "met + breached + active + cancelled = SLA instances": ("assert_sla_states_add_up",),
    "offered = answered + abandoned + sent elsewhere, blocked outside": (
        "assert_offered_calls_are_answered_abandoned_or_sent_elsewhere",
        "assert_lost_calls_add_up",
    ),
    "promoters + passives + detractors = n": (
        "assert_promoters_passives_and_detractors_are_all_who_answered",
    ),
    "all channels (teams, agents …) = the whole": (
        "assert_slice_values_add_up_to_all",
        "assert_backlog_of_slice_values_adds_up_to_all",
    ),
    "days of a month (week, quarter, year) = the month": ("assert_days_sum_to_longer_periods",),
}

# What a wrong model would leave behind, and the test that must see it.
FALSEHOODS = (
    (
        "assert_backlog_is_yesterdays_plus_what_came_minus_what_went",
        "core.fct_backlog_daily",
        "reopened_count = reopened_count + 1",
    ),
    (
        "assert_backlog_at_as_of_equals_unsolved_tickets",
        "core.fct_backlog_daily",
        "backlog_count = backlog_count + 1",
    ),
    (
        "assert_status_seconds_add_up_to_the_full_resolution",
        "core.fct_tickets",
        "hold_seconds = hold_seconds + 1",
    ),
    (
        "assert_waits_are_sums_of_their_statuses",
        "core.fct_tickets",
        "requester_wait_seconds = requester_wait_seconds - 1",
    ),
    (
        "assert_resolution_without_statuses_is_never_longer",
        "core.fct_tickets",
        "resolution_ex_pending_seconds = full_resolution_seconds + 1",
    ),
    (
        "assert_business_seconds_are_never_more_than_calendar_seconds",
        "core.fct_tickets",
        "full_resolution_business_seconds = full_resolution_seconds + 1",
    ),
    ("assert_business_times_are_never_longer", "core.fct_reply_waits", "business_seconds = seconds + 1"),
    (
        "assert_replies_before_the_last_solve_come_sooner_than_it",
        "core.fct_tickets",
        "first_response_seconds = full_resolution_seconds + 1",
    ),
    (
        "assert_retention_and_churn_add_up_to_one",
        "marts.kpi_values",
        "value = value + 0.01 where kpi_id = 'churn_rate'",
    ),
    ("assert_sla_states_add_up", "core.fct_sla_instances", "state = 'cancelled' where state = 'met'"),
    (
        "assert_offered_calls_are_answered_abandoned_or_sent_elsewhere",
        "core.fct_calls",
        "is_offered = not is_offered",
    ),
    ("assert_lost_calls_add_up", "marts.kpi_values", "value = value + 1 where kpi_id = 'blocked_calls'"),
    (
        "assert_promoters_passives_and_detractors_are_all_who_answered",
        "marts.kpi_values",
        "n = n + 1 where kpi_id = 'nps' and variant = 'default'",
    ),
    ("assert_slice_values_add_up_to_all", "marts.kpi_values", "value = value + 1 where slice = 'channel'"),
    (
        "assert_backlog_of_slice_values_adds_up_to_all",
        "core.fct_backlog_daily",
        "backlog_count = backlog_count + 1 where slice = 'team'",
    ),
    ("assert_days_sum_to_longer_periods", "marts.kpi_values", "value = value + 1 where period_grain = 'day'"),
)
