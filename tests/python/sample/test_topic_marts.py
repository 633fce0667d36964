"""The marts an analyst opens first have something to say: a figure misspelt there would be a column without values."""

import pytest

from tests.python.conftest import Helpdesk

TOPICS = (
    *("tickets", "responses", "resolutions", "sla", "calls", "customer_voice", "backlog_daily"),
    *("backlog_tickets", "agents", "teams", "ticket_types", "self_service", "cost", "customers"),
    "customer_retention",
)
# Names need a permission that the sample does not give, and growth two years of tickets.
_WITHOUT_VALUES = {"agent_name", "solved_agent_name", "last_agent_name", "growth_rate"}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_column_has_a_value_somewhere(sample: Helpdesk, topic: str) -> None:
    columns = [name for (name,) in sample.rows(f"select column_name from (describe marts.{topic})")]
    (counts,) = sample.rows(f"select {', '.join(f'count({name})' for name in columns)} from marts.{topic}")
    empty = {name for name, count in zip(columns, counts, strict=True) if count == 0}
    assert empty <= _WITHOUT_VALUES


@pytest.mark.parametrize(("topic", "slice_name"), [("agents", "agent"), ("teams", "team")])
def test_a_figure_of_a_mart_is_the_one_told(sample: Helpdesk, topic: str, slice_name: str) -> None:
    """The median of first responses: of those by event and calendar, not by creation or opening hours."""
    key = "agent_key" if slice_name == "agent" else "team"
    query = f"""
        select count(*), count_if(mart.median_first_response_hours * 3600 <> told.value)
        from marts.{topic} as mart
        inner join marts.kpi_values as told
            on mart.period_grain = told.period_grain and mart.period_start = told.period_start
                and mart.{key} = told.slice_value
        where told.kpi_id = 'first_response_time' and told.variant = 'default'
            and told.attribution = 'event' and told.clock = 'calendar' and told.statistic = 'median'
            and told.slice = '{slice_name}' and told.value is not null
    """
    ((compared, different),) = sample.rows(query)
    assert compared > 0
    assert different == 0
