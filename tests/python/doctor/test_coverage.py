"""Which KPIs can be told, and which streams go together: as the warehouse itself tells it."""

import json
from pathlib import Path

import pytest

from orchestration.doctor.extracts.coverage import kpi_needs, told_kpis
from orchestration.doctor.extracts.feeds import account_streams, streams_there
from orchestration.warehouse import Warehouse
from tests.python.conftest import Helpdesk
from tests.python.doctor.conftest import MakeCase, told, write

TICKET = {"ticket_id": "1", "created_at": "2026-11-20T10:00:00Z"}
ZENDESK = {
    "id": 1,
    "created_at": "2026-11-20T10:00:00Z",
    "updated_at": "2026-11-20T10:00:00Z",
    "status": "new",
}


@pytest.fixture
def extracts(tmp_path: Path) -> Path:
    write(tmp_path, "extracts/generic/tickets/a.jsonl", json.dumps(TICKET))
    return tmp_path / "extracts"


def test_it_is_what_the_warehouse_tells(published: Helpdesk, make: MakeCase) -> None:
    case = make(extracts=published.extracts)
    has = account_streams(streams_there(case))
    expected = published.rows("select distinct kpi_id from marts.kpi_coverage where has_required_streams")
    assert told_kpis(has) == {kpi for (kpi,) in expected}
    assert f"{len(expected)} of {len(kpi_needs())} KPIs can be told" in told("extracts.coverage", case, "ok")


def test_what_has_landed_before_counts(published: Helpdesk, make: MakeCase, tmp_path: Path) -> None:
    empty = tmp_path / "extracts"
    empty.mkdir()
    case = make(extracts=empty, warehouse=published.warehouse)
    assert streams_there(case) == streams_there(make(extracts=published.extracts))


def test_what_is_damaged_has_landed_nothing(make: MakeCase, extracts: Path, tmp_path: Path) -> None:
    write(tmp_path, "damaged/helpdesk.duckdb", b"no database")
    case = make(warehouse=Warehouse(tmp_path / "damaged"))
    assert streams_there(case) == {("generic", "main", "tickets")}


def test_which_stream_would_add_most(make: MakeCase, extracts: Path) -> None:
    alone = {kpi for kpi, needs in kpi_needs().items() if all("tickets" in one for one in needs)}
    assert f"{len(alone)} of 122 KPIs can be told" in told("extracts.coverage", make(), "ok")
    more = {
        kpi for kpi, needs in kpi_needs().items() if all(one & {"tickets", "ticket_events"} for one in needs)
    }
    said = told("extracts.coverage", make(), "note").splitlines()
    assert said[0].startswith(
        f"add generic/ticket_events for {len(more - alone)} more KPIs: agent_strengths,"
    )
    assert len(said) == 6


def test_streams_are_named_as_the_system_calls_them(make: MakeCase, tmp_path: Path) -> None:
    write(tmp_path, "extracts/zendesk/tickets/a.jsonl", json.dumps(ZENDESK))
    said = told("extracts.coverage", make(), "note")
    assert said.startswith("add zendesk/ticket_audits for ")
    assert "add generic/subscriptions for 5 more KPIs" in said


def test_a_stream_of_another_account_counts_where_the_system_has_none() -> None:
    has = account_streams(
        [("zendesk", "eu", "tickets"), ("generic", "main", "shifts"), ("generic", "main", "calls")]
    )
    assert has["zendesk", "eu"] == {"tickets", "shifts"}
    assert has["generic", "main"] == {"shifts", "calls"}


def test_a_stream_that_brings_no_records_is_not_there(make: MakeCase, extracts: Path) -> None:
    write(extracts, "generic/surveys/a.jsonl", "")
    write(extracts, "generic/calls/a.jsonl", "<html>\n")
    assert streams_there(make()) == {("generic", "main", "tickets")}


def test_tickets_without_their_history(make: MakeCase, extracts: Path) -> None:
    write(extracts, "zendesk@eu/tickets/a.jsonl", json.dumps(ZENDESK))
    said = told("extracts.together", make(), "note")
    assert "generic@main: tickets without ticket_events: nobody knows when a ticket was solved" in said
    assert "zendesk@eu: tickets without ticket_audits: nobody knows when a ticket was solved" in said
    assert "zendesk@eu: tickets without ticket_comments: nobody knows when a customer was answered" in said


def test_records_of_tickets_that_never_come(make: MakeCase, tmp_path: Path) -> None:
    entry = {"entry_id": "1", "ticket_id": "1", "started_at": "2026-11-20T10:00:00Z", "seconds": "60"}
    write(tmp_path, "extracts/generic/time_entries/a.jsonl", json.dumps(entry))
    said = told("extracts.together", make(), "note")
    assert "generic@main: time_entries name their ticket_id, and there are no tickets" in said
    write(tmp_path, "extracts/generic/tickets/a.jsonl", json.dumps(TICKET))
    assert "time_entries" not in told("extracts.together", make(everything=True), "note")
