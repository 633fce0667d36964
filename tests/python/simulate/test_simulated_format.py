"""The simulated streams keep to the registry of the open format, and every id leads somewhere."""

import gzip
import json
import re

import pytest
import yaml

from orchestration.warehouse import PROJECT_ROOT
from tests.python.simulate.generic_columns import BESIDE

REGISTRY = PROJECT_ROOT / "models" / "staging" / "generic" / "_generic__sources.yml"
STREAMS = [
    *("agents", "customers", "groups", "holidays", "messages"),
    *("organizations", "schedules", "sla_policies", "ticket_events", "tickets"),
]


def declared_columns(stream):
    tables = yaml.safe_load(REGISTRY.read_text(encoding="utf-8"))["sources"][0]["tables"]
    return {c["name"]: c for table in tables if table["name"] == stream for c in table["columns"]}


def values(extract, stream, column):
    return {record[column] for record in extract.records(stream)} - {None}


def test_these_streams_are_written(extract):
    assert extract.streams == sorted([*STREAMS, *BESIDE])


@pytest.mark.parametrize("stream", STREAMS)
def test_columns_are_those_declared_and_required_ones_are_filled(extract, stream):
    declared = declared_columns(stream)
    required = {
        name for name, column in declared.items() if column.get("config", {}).get("meta", {}).get("required")
    }
    records = extract.records(stream)
    assert records
    for record in records:
        assert list(record) == list(declared)
        assert all(record[name] is not None for name in required)


def test_every_foreign_id_leads_to_a_record(extract):
    agents = values(extract, "agents", "agent_id")
    customers = values(extract, "customers", "customer_id")
    groups = values(extract, "groups", "group_id")
    organizations = values(extract, "organizations", "organization_id")
    tickets = values(extract, "tickets", "ticket_id")
    schedules = values(extract, "schedules", "schedule_id")
    assert values(extract, "tickets", "requester_id") <= customers
    assert values(extract, "tickets", "submitter_id") <= customers | agents
    assert values(extract, "tickets", "assignee_id") <= agents
    assert values(extract, "tickets", "group_id") | values(extract, "agents", "group_id") <= groups
    assert values(extract, "tickets", "schedule_id") | values(extract, "holidays", "schedule_id") <= schedules
    assert values(extract, "sla_policies", "group_id") <= groups
    assert values(extract, "customers", "organization_id") <= organizations
    assert values(extract, "tickets", "organization_id") <= organizations
    assert values(extract, "tickets", "merged_into_id") | values(extract, "tickets", "problem_id") <= tickets
    assert values(extract, "messages", "ticket_id") | values(extract, "ticket_events", "ticket_id") <= tickets
    known_as = {"assignee_id": agents, "group_id": groups, "merged_into_id": tickets}
    for event in extract.records("ticket_events"):
        if event["field"] in known_as:
            assert {event["old_value"], event["new_value"]} - {None} <= known_as[event["field"]]


def test_authors_are_who_their_kind_says(extract):
    ids = {"agent": values(extract, "agents", "agent_id"), "bot": {None}, "system": {None}}
    ids["customer"] = values(extract, "customers", "customer_id")
    for message in extract.records("messages"):
        assert message["author_id"] in ids[message["author_type"]]
        assert message["is_automated"] is (
            message["author_type"] in ("bot", "system") and not message["is_description"]
        )
    for event in extract.records("ticket_events"):
        assert event["actor_id"] in ids[event["actor_type"]]


def test_customers_were_known_before_they_asked(extract):
    known_since = {record["customer_id"]: record["created_at"] for record in extract.records("customers")}
    for ticket in extract.records("tickets"):
        assert known_since[ticket["requester_id"]] <= ticket["created_at"]


def test_each_ticket_has_one_description_and_it_comes_first(extract):
    by_ticket = {}
    for message in sorted(extract.records("messages"), key=lambda record: record["message_id"]):
        by_ticket.setdefault(message["ticket_id"], []).append(message)
    for ticket_id, ticket in extract.latest_tickets().items():
        described = [message["is_description"] for message in by_ticket[ticket_id]]
        assert described == [True] + [False] * (len(described) - 1)
        assert by_ticket[ticket_id][0]["sent_at"] == ticket["created_at"]


def test_messages_of_every_kind_are_there(extract):
    messages = extract.records("messages")
    kinds = {(m["author_type"], m["is_public"], m["is_automated"]) for m in messages}
    notes, acknowledgements, bots = ("agent", False, False), ("system", True, True), ("bot", True, True)
    assert {notes, acknowledgements, bots, ("customer", True, False), ("agent", True, False)} <= kinds
    assert {m["channel"] for m in messages if m["session_id"]} == {"chat", "whatsapp"}


def test_a_file_holds_only_records_of_its_month(extract):
    created = {"tickets": "created_at", "ticket_events": "occurred_at", "messages": "sent_at"}
    for stream, column in created.items():
        for path in (extract.root / stream).iterdir():
            month = re.fullmatch(rf"{stream}-(\d{{4}}-\d\d)\.jsonl\.gz", path.name)
            assert month
            lines = gzip.decompress(path.read_bytes()).decode().splitlines()
            assert {json.loads(line)[column][:7] for line in lines} == {month[1]}


def test_desks_are_open_in_several_ways(extract):
    schedules = extract.records("schedules")
    assert {"Europe/Riga", "America/Chicago", "Asia/Tokyo"} <= {row["time_zone"] for row in schedules}
    per_day = [(r["schedule_id"], r["weekday"], r["valid_from"]) for r in schedules]
    assert len(per_day) > len(set(per_day)), "no split day"
    assert any(row["closes"] <= row["opens"] for row in schedules), "nothing across midnight"
    assert sum(row["closes"] == "24:00" for row in schedules) == 7, "no desk that is always open"
    assert any(row["valid_from"] for row in schedules), "no schedule was ever edited"


def test_there_is_something_for_privacy_checks_to_find(extract):
    subjects = [record["subject"] for record in extract.records("tickets")]
    assert any("@example.org" in subject for subject in subjects)
    for stream in ("agents", "customers"):
        assert all(email.endswith("example.org") for email in values(extract, stream, "email"))
        assert all(email.isascii() for email in values(extract, stream, "email"))
