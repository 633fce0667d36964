"""Every calendar time and count of the models equals the plain-Python reference, for random helpdesks."""

from dataclasses import asdict
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from tests.python.models.compiled import ModelRun
from tests.reference.histories import AS_OF, START, random_helpdesk
from tests.reference.lifecycle import backlog_at, backlog_parts_at, ticket_facts, ticket_spells
from tests.reference.strategies import helpdesks

# What a run is told without a setting: 48 hours to the solve.
RESOLUTION_TARGET_SECONDS = 48 * 3600
RENAMED = {"assignee_id": None, "group_id": None, "team_count": None}


def _build(run: ModelRun, helpdesk, as_of) -> None:
    run.load("raw_generic.tickets", [ticket for ticket, _ in helpdesk])
    run.load("raw_generic.ticket_events", [event for _, events in helpdesk for event in events])
    run.build(as_of=f"{as_of:%Y-%m-%d %H:%M:%S}")


def _compare_facts(run: ModelRun, helpdesk, as_of) -> None:
    found = {row["ticket_id"]: row for row in run.rows("select * from publication.core.fct_tickets")}
    expected = {ticket["ticket_id"]: ticket_facts(ticket, events, as_of) for ticket, events in helpdesk}
    assert set(found) == {ticket_id for ticket_id, facts in expected.items() if facts is not None}
    for ticket_id, row in found.items():
        facts = {name: value for name, value in asdict(expected[ticket_id]).items() if name not in RENAMED}
        assert {name: row[name] for name in facts} == facts, ticket_id


def _compare_spells(run: ModelRun, helpdesk, as_of) -> None:
    found: dict[str, list] = {}
    for row in run.rows(
        "select tickets.ticket_id, spells.* from publication.core.fct_ticket_spells as spells"
        " inner join publication.core.fct_tickets as tickets using (ticket_key)"
        " order by ticket_id, started_at"
    ):
        found.setdefault(row["ticket_id"], []).append(row)
    compared = ("started_at", "ended_at", "status", "priority", "seconds", "is_solve", "is_reopen")
    for ticket, events in helpdesk:
        expected = [asdict(spell) for spell in ticket_spells(ticket, events, as_of)]
        rows = found.get(ticket["ticket_id"], [])
        assert [{name: row[name] for name in compared} for row in rows] == [
            {name: spell[name] for name in compared} for spell in expected
        ], ticket["ticket_id"]
        assert [row["team"] for row in rows] == [spell["group_id"] for spell in expected]


def _compare_backlog(run: ModelRun, helpdesk, as_of) -> None:
    found = {
        row["date_day"]: row
        for row in run.rows("select * from publication.core.fct_backlog_daily where slice = 'all'")
    }
    for day, row in found.items():
        midnight = START.replace(year=day.year, month=day.month, day=day.day) + timedelta(days=1)
        last_instant = min(midnight - timedelta(microseconds=1), as_of)
        alive = [(t, events) for t, events in helpdesk if ticket_facts(t, events, as_of) is not None]
        assert row["backlog_count"] == backlog_at(alive, last_instant), day
        parts = backlog_parts_at(alive, last_instant, RESOLUTION_TARGET_SECONDS)
        assert {part: row[part] for part in parts} == parts, day


@pytest.mark.parametrize("seed", range(4))
def test_a_thousand_random_tickets_have_the_reference_s_facts_spells_and_backlog(
    lifecycle_run: ModelRun, seed: int
) -> None:
    helpdesk = random_helpdesk(Random(seed), 1000)
    _build(lifecycle_run, helpdesk, AS_OF)
    _compare_facts(lifecycle_run, helpdesk, AS_OF)
    _compare_spells(lifecycle_run, helpdesk, AS_OF)
    _compare_backlog(lifecycle_run, helpdesk, AS_OF)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(helpdesk=helpdesks())
def test_any_helpdesk_has_the_reference_s_facts_and_spells(lifecycle_run: ModelRun, helpdesk) -> None:
    _build(lifecycle_run, helpdesk, AS_OF)
    _compare_facts(lifecycle_run, helpdesk, AS_OF)
    _compare_spells(lifecycle_run, helpdesk, AS_OF)
