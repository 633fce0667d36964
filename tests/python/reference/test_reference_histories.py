"""The made-up histories hold every fault they promise, and are the same for the same seed."""

from random import Random

import pytest

from tests.reference.histories import AS_OF, UNKNOWN_CODES, random_helpdesk
from tests.reference.records import instant

HELPDESK = random_helpdesk(Random(7), 1000)


def moments(events):
    return [instant(event["occurred_at"]) for event in events]


def ids(events):
    return [event["event_id"] for event in events]


FAULTS = {
    "no events": lambda ticket, events: not events,
    "exact repeat": lambda ticket, events: any(events.count(event) > 1 for event in events),
    "two versions of an event": lambda ticket, events: any(
        one["event_id"] == two["event_id"] and one != two for one in events for two in events
    ),
    "out of order": lambda ticket, events: moments(events) != sorted(moments(events)),
    "same instant": lambda ticket, events: len(set(moments(events))) < len(set(ids(events))),
    "unknown code": lambda ticket, events: any(event["new_value"] in UNKNOWN_CODES for event in events),
    "before creation": lambda ticket, events: any(
        moment < instant(ticket["created_at"]) for moment in moments(events)
    ),
    "at creation": lambda ticket, events: instant(ticket["created_at"]) in moments(events),
    "after as_of": lambda ticket, events: any(moment > instant(AS_OF) for moment in moments(events)),
    "created after as_of": lambda ticket, events: instant(ticket["created_at"]) > instant(AS_OF),
    "deleted by status": lambda ticket, events: any(event["new_value"] == "deleted" for event in events),
    "deleted by flag": lambda ticket, events: any(
        (event["field"], event["new_value"]) == ("is_deleted", "true") for event in events
    ),
    "undeleted": lambda ticket, events: any(
        (event["field"], event["new_value"]) == ("is_deleted", "false") for event in events
    ),
    "deleted without event": lambda ticket, events: ticket["is_deleted"] and not events,
    "merged by event": lambda ticket, events: any(event["field"] == "merged_into_id" for event in events),
    "merged without event": lambda ticket, events: ticket["merged_into_id"] is not None and not events,
    "reassigned": lambda ticket, events: any(event["field"] == "assignee_id" for event in events),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_made_up_but_not_in_every_ticket(fault):
    count = sum(bool(FAULTS[fault](ticket, events)) for ticket, events in HELPDESK)
    assert 4 <= count <= 800


def test_same_seed_same_helpdesk_and_no_id_twice():
    assert random_helpdesk(Random(7), 1000) == HELPDESK
    owners = {event["event_id"]: event["ticket_id"] for _, events in HELPDESK for event in events}
    assert all(owners[event["event_id"]] == event["ticket_id"] for _, events in HELPDESK for event in events)
    assert len({ticket["ticket_id"] for ticket, _ in HELPDESK}) == len(HELPDESK)
