"""The same file comes every night; only what is new lands."""

import duckdb

from .conftest import Landed, json_lines, ticket


def test_the_same_file_lands_once(helpdesk: Landed) -> None:
    helpdesk.write("generic/tickets/a.jsonl", json_lines(ticket(1)))
    first = helpdesk.land()
    second = helpdesk.land()
    assert helpdesk.tickets() == [(1, "1")]
    assert [load.status for load in second.loads] == ["duplicate"]
    assert second.loads[0].load_id == first.loads[0].load_id
    assert second.notes == [
        "generic/tickets/a.jsonl: not landed again: the same content landed as generic/tickets/a.jsonl at"
        " 2026-03-01 02:00 UTC"
    ]
    assert helpdesk.loads() == [("generic/tickets/a.jsonl", "landed", 1, 0)]


def test_a_copy_under_another_name_does_not_land(helpdesk: Landed) -> None:
    for name in ("a", "b"):
        helpdesk.write(f"generic/tickets/{name}.jsonl", json_lines(ticket(1)))
    assert [load.status for load in helpdesk.land().loads] == ["landed", "duplicate"]
    helpdesk.write("generic/tickets/c.jsonl", json_lines(ticket(1)))
    assert [load.status for load in helpdesk.land().loads] == ["duplicate"] * 3
    assert helpdesk.tickets("_file") == [("generic/tickets/a.jsonl",)]
    assert [status for _, status, _, _ in helpdesk.loads()] == ["landed", "duplicate", "duplicate"]


def test_the_same_content_in_another_account_lands(helpdesk: Landed) -> None:
    helpdesk.write("generic/tickets/a.jsonl", json_lines(ticket(1)))
    helpdesk.write("generic@other/tickets/a.jsonl", json_lines(ticket(1)))
    assert [load.status for load in helpdesk.land().loads] == ["landed", "landed"]
    assert len(helpdesk.tickets()) == 2


def test_a_changed_file_is_a_new_load(helpdesk: Landed) -> None:
    helpdesk.write("generic/tickets/a.jsonl", json_lines(ticket(1)))
    helpdesk.land()
    helpdesk.write("generic/tickets/a.jsonl", json_lines(ticket(1), ticket(2)))
    helpdesk.land()
    assert helpdesk.tickets("ticket_id") == [("1",), ("1",), ("2",)]
    assert helpdesk.rows("select count(distinct _load_id) from raw_generic.tickets") == [(2,)]
    assert helpdesk.loads() == [
        ("generic/tickets/a.jsonl", "landed", 1, 0),
        ("generic/tickets/a.jsonl", "landed", 2, 0),
    ]


def test_a_file_that_changed_back_lands_again(helpdesk: Landed) -> None:
    contents = {"A": json_lines(ticket(1, status="open")), "B": json_lines(ticket(1, status="solved"))}
    ids = []
    for content in "ABBABAA":
        helpdesk.write("generic/tickets/a.jsonl", contents[content])
        ids += [(load.status, load.load_id) for load in helpdesk.land().loads]
    assert [status for status, _ in ids] == [
        "landed",
        "landed",
        "duplicate",
        "landed",
        "landed",
        "landed",
        "duplicate",
    ]
    landed = [load_id for status, load_id in ids if status == "landed"]
    assert len(set(landed)) == 5
    assert ids[2][1] == landed[1]
    assert ids[6][1] == landed[4]
    assert helpdesk.rows("select load_id from meta.loads where status = 'landed' order by rowid") == [
        (load_id,) for load_id in landed
    ]
    assert helpdesk.rows("select status from raw_generic.tickets order by rowid") == [
        ("open",),
        ("solved",),
        ("open",),
        ("solved",),
        ("open",),
    ]


def test_a_copy_whose_file_changed_and_changed_back_lands_as_a_load_of_its_own(helpdesk: Landed) -> None:
    first, second = json_lines(ticket(1)), json_lines(ticket(2))
    helpdesk.write("generic/tickets/a.jsonl", first)
    for content in (first, second, first):
        helpdesk.write("generic/tickets/b.jsonl", content)
        status = helpdesk.land().loads[1].status
    assert status == "landed"
    assert helpdesk.rows("select status from meta.loads where file like '%b.jsonl' order by rowid") == [
        ("duplicate",),
        ("landed",),
        ("landed",),
    ]
    assert helpdesk.rows("select count(*), count(distinct load_id) from meta.loads") == [(4, 4)]
    assert helpdesk.rows(
        "select count(*) from raw_generic.tickets"
        " where _load_id not in (select load_id from meta.loads where status = 'landed')"
    ) == [(0,)]


def test_load_ids_depend_on_the_extracts_alone(helpdesk: Landed) -> None:
    helpdesk.write("generic/tickets/a.jsonl", json_lines(ticket(1)))
    helpdesk.write("generic/tickets/b.jsonl", json_lines(ticket(2)))
    ids = [load.load_id for load in helpdesk.land().loads]
    assert helpdesk.tickets("_load_id") == [(load_id,) for load_id in ids]
    with duckdb.connect() as connection:
        again = Landed(helpdesk.extracts, connection).land()
    assert [load.load_id for load in again.loads] == ids
    assert len(set(ids)) == 2
