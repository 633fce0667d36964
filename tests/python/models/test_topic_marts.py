"""The marts an analyst opens first: a figure misspelt in one of them would be a column without values."""

import pytest

from tests.python.conftest import Helpdesk

TOPICS = (
    *("tickets", "responses", "resolutions", "sla", "calls", "customer_voice", "backlog_daily"),
    *("backlog_tickets", "agents", "teams", "ticket_types", "self_service", "cost", "customers"),
    "customer_retention",
)
# Names need a permission. The small simulated helpdesk creates for no team, asks nobody for a recommendation,
# tells no verdict of its own, and has no year before this one.
_WITHOUT_VALUES = {
    *("agent_name", "solved_agent_name", "last_agent_name", "created_team", "is_vendor_sla_met"),
    *("nps", "nps_category", "nps_points", "is_counted_in_nps", "churn_difference_after_bad_support"),
    "growth_rate",
}
_DIFFERENT_MEDIANS = """
    select count(*), count_if(abs(mart.median_first_response_hours * 3600 - told.value) > 0.001)
    from marts.{topic} as mart
    inner join marts.kpi_values as told
        on mart.period_grain = told.period_grain and mart.period_start = told.period_start
            and mart.{key} = told.slice_value
    where told.kpi_id = 'first_response_time' and told.variant = 'default'
        and told.attribution = 'event' and told.clock = 'calendar' and told.statistic = 'median'
        and told.slice = ? and told.value is not null
"""


@pytest.mark.parametrize("topic", TOPICS)
def test_every_column_has_a_value_somewhere(published: Helpdesk, topic: str) -> None:
    columns = [name for (name,) in published.rows(f"select column_name from (describe marts.{topic})")]
    counted = ", ".join(f"count({name})" for name in columns)
    (counts,) = published.rows(f"select {counted} from marts.{topic}")
    empty = {name for name, count in zip(columns, counts, strict=True) if count == 0}
    assert empty <= _WITHOUT_VALUES


@pytest.mark.parametrize(
    ("topic", "slice_name", "key"),
    [
        ("agents", "agent", "agent_key"),
        ("teams", "team", "team"),
        ("ticket_types", "ticket_type", "ticket_type"),
    ],
)
def test_a_median_is_the_one_told(published: Helpdesk, topic: str, slice_name: str, key: str) -> None:
    """Of first responses by the day of the reply and the calendar, not by creation or opening hours."""
    query = _DIFFERENT_MEDIANS.format(topic=topic, key=key)
    ((compared, different),) = published.rows(query, slice_name)
    assert compared > 0
    assert different == 0
