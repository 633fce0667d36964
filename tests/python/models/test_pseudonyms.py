"""Keys of people are keyed: only a secret tells them, and another one changes them and nothing else."""

from typing import Any

import pytest

from orchestration.landing.streams import load_streams
from tests.python.models.compiled import ModelRun, ordered_models
from tests.reference.pseudonyms import SECRET, pseudonym

AT = "2024-05-06 09:00:00"
OTHER = "another secret"
RECORDS: dict[str, list[dict[str, Any]]] = {
    "agents": [{"agent_id": "1", "name": "Ada Lovelace"}],
    "customers": [{"customer_id": "2", "organization_id": "3"}],
    "tickets": [
        {"ticket_id": "9", "created_at": AT, "requester_id": "2", "assignee_id": "1", "status": "open"}
    ],
    "messages": [
        {"message_id": "7", "ticket_id": "9", "sent_at": AT, "author_id": "1", "author_type": "agent"}
    ],
    "calls": [{"call_id": "6", "started_at": AT, "ended_at": AT, "direction": "inbound", "customer_id": "2"}],
    "surveys": [{"survey_id": "5", "kind": "csat", "customer_id": "2", "responded_at": AT, "score": "4"}],
    "quality_reviews": [
        {"review_id": "4", "ticket_id": "9", "reviewed_at": AT, "agent_id": "1", "reviewer_id": "1"}
    ],
    "suggestions": [{"suggestion_id": "8", "customer_id": "2", "created_at": AT}],
    "subscriptions": [{"customer_id": "2", "started_at": AT, "monthly_revenue": "10", "currency": "EUR"}],
    "engagement_events": [{"event_id": "10", "customer_id": "2", "occurred_at": AT, "kind": "login"}],
    "knowledge_events": [{"event_id": "11", "visitor_id": "12", "occurred_at": AT, "kind": "view"}],
    "agent_states": [
        {
            "agent_id": "1",
            "state": "handling",
            "channel": "phone",
            "started_at": AT,
            "ended_at": "2024-05-06 10:00:00",
        }
    ],
    "shifts": [{"shift_id": "13", "agent_id": "1", "starts_at": AT, "ends_at": "2024-05-06 10:00:00"}],
}
# What people do, and what only they tell apart.
KEYS_OF_PEOPLE = {
    *("dim_agent.agent_key", "fct_tickets.agent_key", "fct_ticket_spells.agent_key", "fct_shifts.agent_key"),
    *("fct_agent_time.agent_key", "fct_agent_time.agent_time_key", "fct_messages.author_key"),
    *("fct_agent_workload_daily.agent_key", "fct_agent_workload_daily.agent_workload_key"),
    *("fct_reply_waits.agent_key", "fct_quality_reviews.agent_key", "fct_quality_reviews.reviewer_key"),
    *("dim_customer.customer_key", "dim_customer.organization_key", "fct_tickets.requester_key"),
    *("fct_surveys.customer_key", "fct_survey_events.customer_key", "fct_calls.customer_key"),
    *("fct_subscriptions.customer_key", "fct_subscriptions.subscription_key", "fct_suggestions.customer_key"),
    *("fct_customer_periods.customer_key", "fct_customer_periods.customer_period_key"),
    *("fct_engagement_events.customer_key", "fct_knowledge_events.visitor_key"),
    *("fct_knowledge_events.user_key", "fct_knowledge_events.help_session_key"),
    *("fct_help_sessions.user_key", "fct_help_sessions.help_session_key"),
    *("fct_backlog_at_period_ends.agent_key", "fct_backlog_daily.slice_value"),
}


@pytest.fixture(scope="module")
def core_run(manifest: dict[str, Any]) -> ModelRun:
    """Every model of core, and what it is built on."""
    core = (node["name"] for node in manifest["nodes"].values() if node["schema"] == "core")
    return ModelRun(ordered_models(manifest, *core), load_streams())


def texts(run: ModelRun, secret: str) -> dict[str, set[str]]:
    """Every text of every column of core, built with a secret."""
    run.build(as_of="2024-05-07 00:00:00", secret=secret)
    columns = run.rows(
        "select table_name as name, column_name as col from information_schema.columns"
        " where table_catalog = 'publication' and table_schema = 'core' and data_type = 'VARCHAR'"
    )
    found = {}
    for column in columns:
        query = f'select distinct "{column["col"]}" as text from publication.core.{column["name"]}'
        found[f"{column['name']}.{column['col']}"] = {row["text"] for row in run.rows(query)} - {None}
    return found


def test_only_the_secret_tells_keys_of_people(core_run: ModelRun) -> None:
    core_run.forget_records()
    for stream, records in RECORDS.items():
        core_run.load(f"raw_generic.{stream}", records)
    first, second = texts(core_run, SECRET), texts(core_run, OTHER)
    core_run.forget_records()

    # Whatever a person's key is part of changes with the secret; tickets, teams and figures stay.
    changed = {name for name, values in first.items() if values != second[name]}
    assert changed == {name for name in KEYS_OF_PEOPLE if first[name] or second[name]} == KEYS_OF_PEOPLE
    for built, secret in ((first, SECRET), (second, OTHER)):
        agent = {pseudonym("generic", "main", "1", secret=secret)}
        customer = {pseudonym("generic", "main", "2", secret=secret)}
        assert built["dim_agent.agent_key"] == built["fct_messages.author_key"] == agent
        assert built["dim_customer.customer_key"] == built["fct_tickets.requester_key"] == customer
        assert built["dim_customer.organization_key"] == {pseudonym("generic", "main", "3", secret=secret)}


def test_without_a_secret_nobody_has_a_key(core_run: ModelRun) -> None:
    (relation, statement) = next(model for model in core_run.models if model[0].endswith('"int_agents"'))
    core_run.load("raw_generic.agents", RECORDS["agents"])
    core_run.build(as_of="2024-05-07 00:00:00")
    core_run.connection.execute("delete from meta.pseudonym_key")
    for name, query in core_run.models:
        if name.endswith('"stg_warehouse__pseudonym_key"'):
            core_run.connection.execute(f"create or replace table {name} as {query}")
    found = core_run.rows(f"select agent_key from ({statement})")
    core_run.forget_records()
    assert relation.count("int_agents") == 1
    assert found == [{"agent_key": None}]
