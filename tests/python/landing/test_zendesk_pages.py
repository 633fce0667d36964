"""Pages of Zendesk's API and messages of Airbyte's land as the records in them."""

import json

import pytest

from orchestration.errors import RefusedError
from orchestration.landing.streams import load_streams

from .conftest import Landed, json_lines

BIG = 9007199254740993
INSTANT = "2026-01-05T09:00:00Z"


def zendesk_ticket(number: int, **values: object) -> dict[str, object]:
    return {"id": number, "created_at": INSTANT, "status": "open", **values}


def page(*records: object, name: str = "tickets", **more: object) -> dict[str, object]:
    return {name: list(records), "after_cursor": "MTU", "end_of_stream": True, "count": 9, **more}


def tickets(helpdesk: Landed, columns: str = "_line, id") -> list[tuple[object, ...]]:
    return helpdesk.rows(f"select {columns} from raw_zendesk.tickets order by _file, _line")


def refusal(helpdesk: Landed) -> str:
    with pytest.raises(RefusedError) as refused:
        helpdesk.land()
    assert tickets(helpdesk) == []
    return str(refused.value)


def test_a_page_lands_as_its_records(helpdesk: Landed) -> None:
    content = json.dumps(page(zendesk_ticket(BIG, tags=["a"]), zendesk_ticket(2)), indent=2)
    helpdesk.write("zendesk/tickets/a.json", content)
    result = helpdesk.land()
    assert tickets(helpdesk, "_line, id, tags, status") == [
        (1_000_001, str(BIG), '["a"]', "open"),
        (1_000_002, "2", None, "open"),
    ]
    assert [(load.rows_landed, load.message) for load in result.loads] == [(2, "")]


def test_pages_follow_each_other_by_line_also_beside_plain_records(helpdesk: Landed) -> None:
    first, last = page(zendesk_ticket(1), zendesk_ticket(2)), page(zendesk_ticket(4))
    helpdesk.write("zendesk/tickets/a.jsonl.gz", json_lines(first, zendesk_ticket(3), last))
    helpdesk.land()
    assert tickets(helpdesk) == [(2, "3"), (1_000_001, "1"), (1_000_002, "2"), (3_000_001, "4")]


def test_pages_may_stand_in_an_array(helpdesk: Landed) -> None:
    pages = [page(zendesk_ticket(1)), page(zendesk_ticket(2), zendesk_ticket(3))]
    helpdesk.write("zendesk/tickets/a.json", json.dumps(pages))
    helpdesk.land()
    assert tickets(helpdesk) == [(1_000_001, "1"), (2_000_001, "2"), (2_000_002, "3")]


def test_bad_records_of_a_page_are_told_by_line_and_place(helpdesk: Landed) -> None:
    records = [zendesk_ticket(1), zendesk_ticket(2, created_at="soon"), 5, None, {"id": 3}, zendesk_ticket(4)]
    helpdesk.write("zendesk/tickets/a.jsonl", f"no JSON\n{json_lines(page(*records))}")
    helpdesk.land(limit=0.9)
    assert tickets(helpdesk) == [(2_000_001, "1"), (2_000_006, "4")]
    assert helpdesk.rows("select line, reason from meta.quarantine order by line, reason") == [
        (1, "is not valid JSON"),
        (2, "record 2 of the page: created_at is not a timestamp: 'soon'"),
        (2, "record 3 of the page: is JSON, but not an object"),
        (2, "record 4 of the page: is JSON, but not an object"),
        (
            2,
            "record 5 of the page: required column created_at is missing; required column status is missing",
        ),
    ]


def test_an_empty_page_holds_no_records(helpdesk: Landed) -> None:
    helpdesk.write("zendesk/tickets/a.json", json.dumps(page()))
    assert helpdesk.land().notes == ["zendesk/tickets/a.json: holds no records"]


def test_a_page_of_nothing_but_bad_records_is_told_too(helpdesk: Landed) -> None:
    helpdesk.write("zendesk/tickets/a.json", json.dumps(page(None)))
    helpdesk.land(limit=1)
    assert helpdesk.quarantine() == [(1, "record 1 of the page: is JSON, but not an object")]


def test_every_stream_has_the_list_name_of_its_api(helpdesk: Landed) -> None:
    streams = load_streams()["zendesk"]
    renamed = {name: stream.envelope for name, stream in streams.items() if stream.envelope != name}
    assert renamed == {
        "ticket_audits": "audits",
        "ticket_comments": "comments",
        "call_legs": "legs",
        "article_votes": "votes",
    }
    assert len(streams) == 18
    assert len({stream.envelope for stream in streams.values()}) == 18
    leg = {"id": 1, "call_id": 2, "created_at": INSTANT}
    helpdesk.write("zendesk/call_legs/a.json", json.dumps(page(leg, name="legs")))
    helpdesk.land()
    assert helpdesk.rows("select id, call_id from raw_zendesk.call_legs") == [("1", "2")]


def test_lists_that_are_exported_beside_the_records_are_left(helpdesk: Landed) -> None:
    helpdesk.write("zendesk/tickets/a.json", json.dumps(page(zendesk_ticket(1), users=[{"id": 7}])))
    helpdesk.land()
    assert tickets(helpdesk) == [(1_000_001, "1")]
    assert helpdesk.rows("from raw_zendesk.users") == []


def test_a_record_with_a_list_of_that_name_is_a_record(helpdesk: Landed) -> None:
    helpdesk.write("zendesk/tickets/a.jsonl", json_lines(zendesk_ticket(1, tickets=[zendesk_ticket(2)])))
    helpdesk.write("zendesk/tickets/b.jsonl", json_lines(zendesk_ticket(3, comments=[{"id": 4}])))
    helpdesk.land()
    assert tickets(helpdesk, "_line, id, comments") == [(1, "1", None), (1, "3", '[{"id":4}]')]


def test_a_page_of_another_stream_is_refused(helpdesk: Landed) -> None:
    audit = {"id": 1, "ticket_id": 2, "created_at": INSTANT, "events": []}
    helpdesk.write("zendesk/tickets/a.json", json.dumps(page(audit, name="audits")))
    assert refusal(helpdesk) == (
        "zendesk/tickets/a.json: line 1 is a page of zendesk/ticket_audits (its list is 'audits'), not of"
        " zendesk/tickets: move the file to zendesk/ticket_audits/"
    )


def test_a_page_among_records_of_another_stream_is_refused(helpdesk: Landed) -> None:
    lines = json_lines(zendesk_ticket(1), page({"id": 1}, name="users"))
    helpdesk.write("zendesk/tickets/a.jsonl", lines)
    assert "line 2 is a page of zendesk/users" in refusal(helpdesk)


def test_an_answer_that_is_an_error_is_refused(helpdesk: Landed) -> None:
    helpdesk.write("zendesk/tickets/a.json", '{"error": "RecordNotFound", "description": "Not found"}')
    assert refusal(helpdesk) == (
        "zendesk/tickets/a.json: holds none of the required columns of zendesk/tickets: deliver the file with"
        " them, or move it to the folder of its stream"
    )


def test_a_page_that_was_cut_off_is_refused(helpdesk: Landed) -> None:
    helpdesk.write("zendesk/tickets/a.json", json.dumps(page(zendesk_ticket(1), zendesk_ticket(2)))[:-60])
    assert "zendesk/tickets/a.json: cannot be read as json" in refusal(helpdesk)


def message(stream: str, **record: object) -> dict[str, object]:
    return {"stream": stream, "data": record, "emitted_at": 1720179640459}


def test_messages_of_airbyte_land_as_their_data(helpdesk: Landed) -> None:
    lines = json_lines(
        message("tickets", **zendesk_ticket(BIG, via={"channel": "web"})),
        zendesk_ticket(2),
        message("tickets", **zendesk_ticket(3, created_at="soon")),
    )
    helpdesk.write("zendesk/tickets/a.jsonl", lines)
    helpdesk.land(limit=0.5)
    assert tickets(helpdesk, "_line, id, via") == [(1, str(BIG), '{"channel":"web"}'), (2, "2", None)]
    assert helpdesk.quarantine() == [(3, "created_at is not a timestamp: 'soon'")]


def test_messages_of_another_stream_are_refused(helpdesk: Landed) -> None:
    lines = json_lines(message("tickets", **zendesk_ticket(1)), message("users", id=1))
    helpdesk.write("zendesk/tickets/a.jsonl", lines)
    assert refusal(helpdesk) == (
        "zendesk/tickets/a.jsonl: line 2 is a message of the stream 'users', not of zendesk/tickets: deliver"
        " each stream in its own folder"
    )


def test_files_on_other_systems_may_be_pages_too(helpdesk: Landed) -> None:
    record = {"ticket_id": "1", "created_at": INSTANT}
    helpdesk.write("generic/tickets/a.json", json.dumps(page(record)))
    helpdesk.land()
    assert helpdesk.tickets() == [(1_000_001, "1")]
