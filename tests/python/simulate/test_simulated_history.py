"""State and history of the simulated tickets agree; the export around them is at-least-once."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise

HISTORY_FIELDS = {
    *("status", "priority", "type", "assignee_id", "group_id"),
    *("is_deleted", "merged_into_id"),
}
STATUSES = {"new", "open", "pending", "hold", "solved", "closed"}
SOLVED = {"solved", "closed"}
BEGINS = "2016-02-20T00:00:00Z"
ENDS = "2017-02-18T23:59:59Z"


def as_text(value):
    return str(value).lower() if isinstance(value, bool) else value


def changes(extract, field):
    return [e for events in extract.events_by_ticket().values() for e in events if e["field"] == field]


def test_every_ticket_stands_where_its_last_events_left_it(extract):
    tickets = extract.latest_tickets()
    for ticket_id, events in extract.events_by_ticket().items():
        for field, value in {event["field"]: event["new_value"] for event in events}.items():
            assert as_text(tickets[ticket_id][field]) == value, (ticket_id, field)


def test_every_event_starts_from_what_was_before(extract):
    for events in extract.events_by_ticket().values():
        state = {"is_deleted": "false", "merged_into_id": None}
        for event in events:
            assert event["field"] in HISTORY_FIELDS
            assert event["old_value"] != event["new_value"]
            assert state.setdefault(event["field"], event["old_value"]) == event["old_value"]
            state[event["field"]] = event["new_value"]


def test_events_happen_in_order_between_creation_and_the_end_of_the_log(extract):
    tickets = extract.latest_tickets()
    for ticket_id, events in extract.events_by_ticket().items():
        instants = [event["occurred_at"] for event in events]
        assert instants == sorted(instants)
        assert tickets[ticket_id]["created_at"] <= instants[0]
        assert instants[-1] <= tickets[ticket_id]["updated_at"] <= ENDS
    for message in extract.records("messages"):
        ticket = tickets[message["ticket_id"]]
        assert ticket["created_at"] <= message["sent_at"] <= ticket["updated_at"]


def test_updated_at_is_the_last_change_or_message(extract):
    tickets = extract.latest_tickets()
    last = {ticket_id: ticket["created_at"] for ticket_id, ticket in tickets.items()}
    for message in extract.records("messages"):
        last[message["ticket_id"]] = max(last[message["ticket_id"]], message["sent_at"])
    for ticket_id, events in extract.events_by_ticket().items():
        assert max(last[ticket_id], events[-1]["occurred_at"]) == tickets[ticket_id]["updated_at"]


def test_as_many_tickets_as_asked_for_all_within_the_days(extract):
    tickets = extract.latest_tickets().values()
    assert len(tickets) == 2_000
    assert min(ticket["created_at"] for ticket in tickets) >= BEGINS
    assert max(ticket["created_at"] for ticket in tickets) <= ENDS


def test_ids_are_unique_but_for_what_the_export_repeats(extract):
    versions = Counter((r["ticket_id"], r["updated_at"]) for r in extract.records("tickets"))
    assert max(versions.values()) == 1
    messages = Counter(record["message_id"] for record in extract.records("messages"))
    assert max(messages.values()) == 1
    by_event = defaultdict(list)
    for record in extract.records("ticket_events"):
        by_event[record["event_id"]].append(record)
    assert all(record == records[0] for records in by_event.values() for record in records)


def test_some_tickets_come_twice_and_some_events_too(extract):
    earlier = len(extract.records("tickets")) - 2_000
    assert 20 <= earlier <= 60
    events = extract.records("ticket_events")
    repeated = len(events) - len({event["event_id"] for event in events})
    assert 0.005 < repeated / len(events) < 0.02


def test_an_earlier_version_shows_the_ticket_as_it_was(extract):
    latest, events = extract.latest_tickets(), extract.events_by_ticket()
    earlier = [
        r for r in extract.records("tickets") if r["updated_at"] < latest[r["ticket_id"]]["updated_at"]
    ]
    assert any(record["status"] != latest[record["ticket_id"]]["status"] for record in earlier)
    for record in earlier:
        state = {field: as_text(latest[record["ticket_id"]][field]) for field in HISTORY_FIELDS}
        for event in reversed(events.get(record["ticket_id"], [])):
            if event["occurred_at"] > record["updated_at"]:
                state[event["field"]] = event["old_value"]
        assert {field: as_text(record[field]) for field in HISTORY_FIELDS} == state


def test_every_status_and_every_kind_of_life_is_there(extract):
    tickets = list(extract.latest_tickets().values())
    assert {ticket["status"] for ticket in tickets} == STATUSES
    moves = {(event["old_value"], event["new_value"]) for event in changes(extract, "status")}
    assert {("new", "open"), ("open", "hold"), ("solved", "open"), ("solved", "closed")} <= moves
    assert {e["new_value"] for e in changes(extract, "is_deleted")} == {"true", "false"}
    assert all(any(ticket[flag] for ticket in tickets) for flag in ("is_spam", "is_test", "is_deleted"))
    origins = Counter(ticket["origin"] for ticket in tickets)
    assert set(origins) == {"customer", "agent_on_behalf", "proactive_outbound", "system", "phone_log"}
    assert origins["customer"] > 1_600
    assert changes(extract, "priority")


def test_a_few_tickets_have_lost_their_log_and_a_few_were_never_solved(extract):
    with_events = extract.events_by_ticket()
    lost = [t for t in extract.latest_tickets().values() if t["ticket_id"] not in with_events]
    assert 1 <= len(lost) < 40
    first_status = {}
    for event in changes(extract, "status"):
        first_status.setdefault(event["ticket_id"], event["old_value"])
    assert "solved" in first_status.values()
    never_solved = [
        ticket_id
        for ticket_id, events in with_events.items()
        if not SOLVED
        & {value for e in events if e["field"] == "status" for value in (e["new_value"], e["old_value"])}
    ]
    assert len(never_solved) > 40


def test_a_merged_ticket_is_closed_with_the_merge_into_an_earlier_one_of_the_same_customer(extract):
    tickets = extract.latest_tickets()
    merges = changes(extract, "merged_into_id")
    closes = {
        (e["ticket_id"], e["occurred_at"]) for e in changes(extract, "status") if e["new_value"] == "closed"
    }
    assert merges
    for merge in merges:
        merged, target = tickets[merge["ticket_id"]], tickets[merge["new_value"]]
        assert target["created_at"] <= merged["created_at"]
        assert target["requester_id"] == merged["requester_id"]
        assert target["merged_into_id"] is None
        assert (merge["ticket_id"], merge["occurred_at"]) in closes


def test_solved_tickets_are_closed_only_after_four_days(extract):
    waits = []
    for events in extract.events_by_ticket().values():
        status = [event for event in events if event["field"] == "status"]
        for solved, closed in pairwise(status):
            if (solved["new_value"], closed["new_value"]) == ("solved", "closed"):
                at, until = (datetime.fromisoformat(e["occurred_at"]) for e in (solved, closed))
                waits.append(until - at)
    assert len(waits) > 1_000
    assert min(waits) >= timedelta(days=4)
    assert sorted(waits)[len(waits) // 2] < timedelta(days=4, hours=1)
