"""Records lose the person and still count; everybody else keeps every letter."""

import json

import pytest

from orchestration.errors import UsageError
from tests.python.forgetting.conftest import (
    ADA,
    ADDRESS,
    AT,
    SECRETS,
    ZENDESK_ID,
    Desk,
    write_generic,
    write_lookalikes,
    write_zendesk,
)

_RECORDS_PER_PERSON = {
    "tickets": "requester_id",
    "messages": "author_id",
    "customers": "customer_id",
    "orders": "customer_id",
    "knowledge_events": "visitor_id",
}


def counts(desk: Desk) -> dict[str, list[int]]:
    """How many records each person has, in each stream, without saying who."""
    return {
        stream: [
            count
            for (count,) in desk.rows(
                f"select count(*) from raw_generic.{stream} group by trim({column}) order by all"
            )
        ]
        for stream, column in _RECORDS_PER_PERSON.items()
    }


def test_no_file_holds_the_person_and_all_records_still_count(desk: Desk) -> None:
    write_generic(desk)
    desk.land()
    before = counts(desk)
    assert desk.files_that_hold(*SECRETS)
    desk.forget()
    assert desk.files_that_hold(*SECRETS) == []
    assert counts(desk) == before


def test_one_person_is_one_person_in_all_streams(desk: Desk) -> None:
    write_generic(desk)
    desk.land()
    desk.forget()
    (tombstone,) = {name for (name,) in desk.rows("select customer_id from raw_generic.customers")}
    assert str(tombstone).startswith("forgotten-")
    assert desk.rows(
        "select requester_id, submitter_id, subject, note, tags from raw_generic.tickets limit 1"
    ) == [(tombstone, tombstone, "[removed]", None, '["vip"]')]
    assert desk.rows("select author_id, body from raw_generic.messages order by _line") == [
        (tombstone, None),
        ("agent-1", None),
        (tombstone, None),
    ]
    assert desk.rows(
        "select field, old_value, new_value from raw_generic.ticket_events order by event_id"
    ) == [
        ("status", None, "closed"),
        ("requester_id", tombstone, "other"),
        ("subject", None, None),
    ]
    visitors = desk.rows("select distinct visitor_id from raw_generic.knowledge_events")
    assert len(visitors) == 1
    assert visitors != [(tombstone,)]


def test_quarantined_records_of_the_person_are_removed(desk: Desk) -> None:
    write_generic(desk)
    desk.land()
    assert desk.rows("select count(*) from meta.quarantine") == [(4,)]
    desk.forget()
    ((record,),) = desk.rows("select record from meta.quarantine")
    assert json.loads(str(record))["order_id"] == "o3"


def test_lookalikes_keep_every_letter(desk: Desk) -> None:
    write_generic(desk)
    write_lookalikes(desk)
    desk.land()
    kept = "where _file like '%lookalikes%' or _account = 'other' order by all"
    streams = ("tickets", "messages", "customers", "agents", "orders")
    before = [desk.rows(f"from raw_generic.{stream} {kept}") for stream in streams]
    bad = desk.rows("from meta.quarantine where file like '%lookalikes%'")
    assert bad
    desk.forget()
    assert [desk.rows(f"from raw_generic.{stream} {kept}") for stream in streams] == before
    assert desk.rows("from meta.quarantine where file like '%lookalikes%'") == bad
    assert desk.rows("select note, follower_ids from raw_generic.tickets where ticket_id = 't4'") == [
        ("kept", '["other"]')
    ]


def test_nested_records_keep_what_models_read_and_nothing_else(desk: Desk) -> None:
    write_zendesk(desk)
    desk.land()
    desk.forget(ZENDESK_ID)
    assert desk.files_that_hold(ZENDESK_ID, *SECRETS, "countess", "+44 1") == []
    ((tombstone,),) = desk.rows("select id from raw_zendesk.users where id like 'forgotten%'")
    audits = desk.rows("select author_id, via, metadata, events from raw_zendesk.ticket_audits order by id")
    via = {"channel": "email", "source": {"to": {}, "rel": None}}
    assert [json.loads(str(row[1])) if row[1] else None for row in audits] == [via, via, via, None, None]
    assert [row[2] for row in audits] == [None] * 5
    assert [json.loads(str(row[3])) for row in audits] == [
        [{"id": 70, "type": "Create", "field_name": "requester_id", "value": tombstone}],
        [
            {"id": 71, "type": "Comment", "author_id": 900000000001, "public": True},
            {"id": 72, "type": "Change", "field_name": "status", "value": "open"},
        ],
        [{"id": 73, "type": "Change", "field_name": "satisfaction_comment", "value": "[removed]"}],
        [{"id": 80, "type": "Cc"}],
        [{"id": 81, "type": "Comment", "body": "kept"}],
    ]
    assert desk.rows("select subject, collaborator_ids from raw_zendesk.tickets order by id") == [
        ("[removed]", None),
        ("kept", None),
    ]
    assert desk.rows("select score, comment from raw_zendesk.satisfaction_ratings") == [("good", "[removed]")]


def test_an_address_finds_the_person_in_every_account(desk: Desk) -> None:
    write_generic(desk)
    write_zendesk(desk)
    desk.land()
    desk.forget(None, email=f" {ADDRESS.upper()}", account=None)
    assert desk.files_that_hold(*SECRETS, ZENDESK_ID) == []


def test_a_dry_run_tells_counts_and_changes_nothing(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    write_generic(desk)
    desk.land()
    before = desk.warehouse.build_file.read_bytes()
    desk.forget(dry_run=True)
    told = capsys.readouterr().out
    assert desk.warehouse.build_file.read_bytes() == before
    assert "generic@main/messages: 3 records" in told
    assert "generic/tickets/2.jsonl: 1 record\n" in told
    assert not [secret for secret in SECRETS if secret in told]


@pytest.mark.parametrize("customer", ["nobody", ADA[:-1], "", "t1"])
def test_who_is_not_known_is_told_so(desk: Desk, customer: str) -> None:
    write_generic(desk)
    desk.land()
    before = desk.warehouse.build_file.read_bytes()
    with pytest.raises(UsageError, match="nobody is known by it"):
        desk.forget(customer)
    assert desk.warehouse.build_file.read_bytes() == before


def test_an_id_in_two_accounts_is_two_people(desk: Desk) -> None:
    write_generic(desk)
    write_lookalikes(desk)
    desk.land()
    with pytest.raises(UsageError, match="generic@main, generic@other; say with --system and --account"):
        desk.forget(account=None)


def test_agents_and_nobody_are_not_forgotten(desk: Desk) -> None:
    write_zendesk(desk)
    desk.write(
        "zendesk/calls/1.jsonl",
        {"id": 1, "created_at": "2026-03-01T09:00:00Z", "direction": "inbound", "customer_id": 0},
    )
    desk.land()
    with pytest.raises(UsageError, match="this is, or was, an agent"):
        desk.forget("900000000001")
    with pytest.raises(UsageError, match="nobody is known by it"):
        desk.forget("0")


def test_a_caller_of_servicenow_is_one_in_every_role(desk: Desk) -> None:
    times = {"opened_at": AT, "sys_updated_at": AT, "incident_state": "New"}
    desk.write(
        "servicenow/incidents/1.jsonl",
        {"number": "INC1", "sys_mod_count": 0, "caller_id": "Caller 24", "opened_by": "Caller 24", **times},
        {
            "number": "INC1",
            "sys_mod_count": 1,
            "caller_id": "?",
            "short_description": "of Caller 24",
            **times,
        },
        {"number": "INC2", "sys_mod_count": 0, "caller_id": "Caller 240", "opened_by": "Caller 24", **times},
    )
    desk.land()
    desk.forget("Caller 24")
    rows = desk.rows(
        "select caller_id, opened_by, short_description from raw_servicenow.incidents order by _line"
    )
    tombstone = rows[0][0]
    assert str(tombstone).startswith("forgotten-")
    assert rows == [(tombstone, tombstone, None), ("?", None, None), ("Caller 240", tombstone, None)]
    with pytest.raises(UsageError, match="nobody is known by it"):
        desk.forget("?")
