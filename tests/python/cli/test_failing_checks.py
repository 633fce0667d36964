"""A check that does not pass refuses the publication, whoever runs it: Great Expectations or dbt."""

import json

from ..conftest import AS_OF, Helpdesk, Outcome, run_helpdesk


def refused(desk: Helpdesk) -> Outcome:
    """A refresh that was refused and left the publication as it was, byte for byte."""
    before = desk.published_bytes()
    outcome = desk.refresh("--as-of", AS_OF)
    assert outcome.status == 1, outcome.output
    assert "Traceback" not in outcome.errors
    assert desk.published_bytes() == before
    told = run_helpdesk("status", "--warehouse", desk.root)
    assert told.status == 0
    assert ": refused" in told.output
    return outcome


def test_tickets_of_1970_are_refused_by_a_check_of_raw_data(desk: Helpdesk) -> None:
    """1970-01-01 is what broken exports write for "no time"."""
    desk.write(
        "generic/tickets/epoch.jsonl", '{"ticket_id": "epoch", "created_at": "1970-01-01T00:00:00Z"}\n'
    )
    outcome = refused(desk)
    (line,) = outcome.error_lines
    assert line.startswith("helpdesk: raw_generic.tickets: event_time_is_after_1990: ")
    assert "generic/tickets/epoch.jsonl line 1" in line
    assert "building models" not in outcome.output


def test_a_ticket_solved_before_it_was_created_is_refused_by_a_data_test(desk: Helpdesk) -> None:
    ticket = {"ticket_id": "odd", "created_at": "2017-02-10T09:00:00Z", "status": "solved"}
    solve = {
        "event_id": "odd-1",
        "ticket_id": "odd",
        "occurred_at": "2017-02-09T09:00:00Z",
        "field": "status",
        "old_value": "open",
        "new_value": "solved",
    }
    desk.write("generic/tickets/odd.jsonl", json.dumps(ticket) + "\n")
    desk.write("generic/ticket_events/odd.jsonl", json.dumps(solve) + "\n")
    outcome = refused(desk)
    assert "core.fct_tickets: assert_no_ticket_solved_before_created: 1 rows" in outcome.errors
    assert all("assert_" in line or "core." in line for line in outcome.error_lines)
    assert "checking what is to be published" not in outcome.output
