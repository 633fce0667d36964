"""Who is forgotten stays forgotten, whatever is delivered later."""

from tests.python.forgetting.conftest import (
    ADA,
    ADDRESS,
    NAME,
    SECRETS,
    ZENDESK_ID,
    Desk,
    audit,
    message,
    ticket,
    write_generic,
    write_lookalikes,
    write_zendesk,
)


def test_the_same_extracts_and_new_ones_bring_nobody_back(desk: Desk) -> None:
    write_generic(desk)
    desk.land()
    desk.forget()
    (tombstone,) = {name for (name,) in desk.rows("select customer_id from raw_generic.customers")}
    # The same files under the same names land no second time; a full export the next day is new.
    desk.write(
        "generic/tickets/next.jsonl",
        ticket(1, ADA, subject=NAME, note="my poor cat"),
        ticket(7, ADA, subject=NAME),
        ticket(8, "other", subject="kept", follower_ids=[ADA]),
    )
    desk.write("generic/messages/next.jsonl", message(9, 7, "agent-1", "agent", body=f"Dear {NAME}"))
    desk.write("generic/customers/next.jsonl", {"customer_id": ADA, "name": NAME, "email": ADDRESS})
    desk.write(
        "generic/knowledge_events/next.jsonl",
        {
            "event_id": "k9",
            "occurred_at": "2026-03-02",
            "kind": "view",
            "visitor_id": "phone-1",
            "customer_id": ADA,
        },
    )
    desk.write("generic/orders/next.jsonl", f'{{"order_id": "o9", "customer_id": "{ADA}", "ordered')
    desk.land()
    assert desk.files_that_hold(*SECRETS, "phone-1") == []
    owners = desk.rows(
        "select ticket_id, requester_id, subject from raw_generic.tickets where _file like '%next%'"
    )
    assert owners == [("t1", tombstone, "[removed]"), ("t7", tombstone, "[removed]"), ("t8", "other", "kept")]
    assert desk.rows("select count(*) from raw_generic.customers") == [(2,)]
    assert desk.rows("select rows_quarantined from meta.loads where file = 'generic/orders/next.jsonl'") == [
        (0,)
    ]


def test_nested_records_that_come_again_are_emptied(desk: Desk) -> None:
    write_zendesk(desk)
    desk.land()
    desk.forget(ZENDESK_ID)
    ((tombstone,),) = desk.rows("select id from raw_zendesk.users where id like 'forgotten%'")
    author, agent = int(ZENDESK_ID), 900000000001
    desk.write(
        "zendesk/ticket_audits/next.jsonl",
        audit(31, "1", agent, {"id": 90, "type": "Comment", "body": f"Dear {NAME}"}),
        {
            **audit(
                32, "2", agent, {"id": 91, "type": "Comment", "author_id": author, "body": "my poor cat"}
            ),
            "via": None,
        },
    )
    desk.land()
    assert (
        desk.files_that_hold(ZENDESK_ID, "my poor cat", NAME)
        == [
            # Only in an update of somebody else's ticket in which nobody is named as its author.
        ]
    )
    events = desk.rows("select events from raw_zendesk.ticket_audits where id = '32'")
    assert events == [(f'[{{"id": 91, "type": "Comment", "author_id": "{tombstone}"}}]',)]


def test_a_text_that_came_before_its_ticket_is_emptied_when_the_ticket_comes(desk: Desk) -> None:
    write_generic(desk)
    desk.land()
    desk.forget()
    desk.write("generic/messages/early.jsonl", message(20, 20, "agent-1", "agent", body=f"Dear {NAME}"))
    assert not desk.land().has_emptied
    assert desk.files_that_hold(NAME)
    desk.write("generic/tickets/late.jsonl", ticket(20, ADA))
    assert desk.land().has_emptied
    assert desk.rows("select body from raw_generic.messages where message_id = 'm20'") == [(None,)]
    # The next landing finds nothing that would have to be emptied once more.
    desk.write("generic/tickets/later.jsonl", ticket(20, ADA, status="closed"))
    assert not desk.land().has_emptied


def test_others_land_as_they_are(desk: Desk) -> None:
    write_generic(desk)
    desk.land()
    desk.forget()
    write_lookalikes(desk)
    desk.land()
    tickets = desk.rows(
        "select requester_id, subject from raw_generic.tickets where _file like '%lookalikes%'"
    )
    assert tickets == [(f"{ADA}1", "kept"), ("other", "kept"), ("other", "kept")]
    assert desk.rows("select author_id, body from raw_generic.messages where message_id = 'm11'") == [
        (ADA, "kept")
    ]
    assert desk.rows("select requester_id from raw_generic.tickets where _account = 'other'") == [(ADA,)]
    assert desk.rows("select name from raw_generic.customers where _file like '%lookalikes%'") == [("Ann",)]
    assert desk.rows("select count(*) from meta.quarantine where file like '%lookalikes%'") == [(1,)]


def test_the_same_id_in_two_accounts_becomes_two(desk: Desk) -> None:
    write_generic(desk)
    write_lookalikes(desk)
    desk.land()
    desk.forget(account="main")
    desk.forget(account="other")
    desk.write("generic@other/tickets/next.jsonl", ticket(2, ADA))
    desk.land()
    owners = desk.rows(
        "select _account, requester_id from raw_generic.tickets where requester_id like 'forgotten%'"
    )
    assert {account for account, _ in owners} == {"main", "other"}
    assert len({owner for _, owner in owners}) == 2
    assert desk.rows("select count(*) from raw_generic.tickets where trim(requester_id) = 'cust-4711'") == [
        (0,)
    ]
