"""What must add up in customer service whatever the data say, and the tests that prove it: of dbt, or of pytest."""

# Those of dbt run in every refresh, and over a year of random data in tests/python/models/test_identities.py.
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
