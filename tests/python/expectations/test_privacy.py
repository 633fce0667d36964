"""What names a person in what is published: phone numbers by their pattern, people by raw records."""

import json
from pathlib import Path

import duckdb
import pytest

from orchestration.expectations.known_people import find_known_people, rows_query
from orchestration.expectations.privacy import PHONE, find_text_columns
from orchestration.landing.streams import load_streams
from tests.python.expectations.databases import PublicationFile, RawFile


@pytest.mark.parametrize(
    "text",
    [
        "+49 151 2345678",
        "+491512345678",
        "+1 (555) 123-4567",
        "(030) 123-4567",
        "(030) 1234567",
        "555-123-4567",
        "555.123.4567",
        "ring 0151/2345678 today",
        "0151 2345678",
        "020 7946 0958",
        "0049 151 2345678",
        "Caller +371 67 123 456",
    ],
)
def test_a_phone_number_is_seen_as_people_write_it(text: str) -> None:
    assert duckdb.execute("select regexp_matches(?, ?)", [text, PHONE]).fetchall() == [(True,)]


@pytest.mark.parametrize(
    "text",
    [
        "2024-05-06 12:00:00",
        "2024-05-06T12:00:00.123456+02:00",
        "2024-05-06 12:00:00+1000",
        "06/05/2024",
        "10-12-2024",
        "09:00-17:30",
        "1 234 567.00",
        "1.234.567,00",
        "+1000000",
        "12345678901",
        "0001234567",
        "INC0012345",
        "INC-555-123-4567",
        "d41d8cd98f00b204e9800998ecf8427e",
        "01234567-1234-1234-0151-234567890123",
        "192.168.100.200",
        "v1.5.0",
    ],
)
def test_times_ids_hashes_and_money_are_no_phone_numbers(text: str) -> None:
    assert duckdb.execute("select regexp_matches(?, ?)", [text, PHONE]).fetchall() == [(False,)]


@pytest.fixture
def people(tmp_path: Path) -> RawFile:
    """Raw records of every system that name somebody."""
    raw = RawFile(tmp_path, load_streams())
    raw.add("raw_generic.customers", {"customer_id": "1", "name": "Ada Lovelace", "email": "countess@byron"})
    raw.add(
        "raw_generic.agents", {"agent_id": "1", "name": "Grace Hopper"}, {"agent_id": "2", "name": "Plato"}
    )
    raw.add("raw_generic.agents", {"agent_id": "3", "name": "Max"})
    raw.add("raw_servicenow.incidents", {"number": "INC1", "caller_id": "Alan M. Turing"})
    raw.add("raw_zendesk.users", {"id": "1", "name": "Customer Service"})
    via = {"channel": "email", "source": {"from": {"name": "Émilie du Châtelet"}}}
    raw.add("raw_zendesk.ticket_comments", {"id": "1", "ticket_id": "1", "via": json.dumps(via)})
    raw.add("raw_zendesk.calls", {"id": "1", "overflowed_to": "+49 151 2345678"})
    return raw


def seen(folder: Path, people: RawFile, *texts: str, column: str = "display_name", **may: object) -> str:
    """Where a publication with these texts in one column is found to name somebody, and in how many rows."""
    folder.mkdir(exist_ok=True)
    file = PublicationFile(folder).run("update core.dim_agent set display_name = 'A'")
    file.run("alter table core.dim_agent add column agent_name varchar")
    for text in texts:
        file.add("core.fct_tickets" if column == "ticket_id" else "core.dim_agent", **{column: text})
    with duckdb.connect(file.path, read_only=True) as connection:
        columns = find_text_columns(connection)
        found = find_known_people(file.path, people.path, columns, load_streams(), **may)
        rows = connection.execute(rows_query(found)).fetchall() if found else []
    assert {text for _, text in rows} <= set(texts)
    assert len(rows) == sum(len(each.digests) for each in found)
    return "; ".join(f"{'.'.join(each.column)} in {each.row_count}" for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace",
        "refund for ADA LOVELACE, urgent",
        "lovelace_team_ada.lovelace",
        "COUNTESS@byron",
        "Grace Hopper",
        "Plato",
        "alan m turing",
        "[vip, Émilie du Châtelet]",
        "491512345678",
        "49 151 2345678",
    ],
)
def test_who_stands_in_raw_records_is_found_and_not_told(tmp_path: Path, people: RawFile, text: str) -> None:
    assert seen(tmp_path, people, text, text) == "core.dim_agent.display_name in 2"


@pytest.mark.parametrize(
    "text",
    [
        # other people's names, one half of a name, a name inside a longer word
        "Ada Byron",
        "Lovelace",
        "Ada Lovelaces",
        # one word only counts as the whole text, as it is written, and from four letters on
        "plato",
        "Plato's cave",
        "Max",
        # digits of a longer number
        "14915123456789",
    ],
)
def test_what_names_nobody_is_left_alone(tmp_path: Path, people: RawFile, text: str) -> None:
    assert seen(tmp_path, people, text) == ""


def test_a_ticket_number_may_look_like_a_phone_number(tmp_path: Path, people: RawFile) -> None:
    assert seen(tmp_path, people, "491512345678", column="ticket_id") == ""


def test_names_of_agents_may_be_allowed_and_names_that_are_no_person_s(
    tmp_path: Path, people: RawFile
) -> None:
    service, grace = "Customer service desk", "Grace Hopper"
    everywhere = "core.dim_agent.agent_name in 1"
    assert seen(tmp_path / "1", people, grace, column="agent_name") == everywhere
    assert seen(tmp_path / "2", people, grace, column="agent_name", allow_agent_names=True) == ""
    # Whom nobody knows as an agent is none.
    assert seen(tmp_path / "3", people, grace, allow_agent_names=True) == "core.dim_agent.display_name in 1"
    assert seen(tmp_path / "4", people, service) == "core.dim_agent.display_name in 1"
    assert seen(tmp_path / "5", people, service, allowed=("customer SERVICE",)) == ""


def test_columns_that_say_who_somebody_is_are_marked_in_the_registry() -> None:
    marked = {
        (stream.table, column.name): column.personal
        for system in load_streams().values()
        for stream in system.values()
        for column in stream.columns
    }
    for (table, column), kind in marked.items():
        if column == "email":
            assert kind == "email", table
        if column == "name" and table.endswith((".agents", ".customers", ".users")):
            assert kind == "name", table
    assert set(marked.values()) == {None, "name", "email", "phone"}
