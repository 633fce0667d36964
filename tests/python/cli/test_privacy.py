"""Nothing that names a person leaves the private part of a warehouse."""

import csv
import gzip
import json
import stat
from hashlib import md5

import pytest

from tests.reference.pseudonyms import SECRET, TEST_KEY, pseudonym

from ..conftest import SECRETS, Helpdesk, Outcome

_TEXT_COLUMNS = """
    select table_schema, table_name, column_name from information_schema.columns
    where data_type like '%VARCHAR%' or data_type like '%JSON%'
    order by all
"""


def delivered(helpdesk: Helpdesk, stream: str, column: str) -> set[str]:
    """Every value of a column of the extracts."""
    found: set[str] = set()
    for path in (helpdesk.extracts / "generic" / stream).iterdir():
        if path.name.endswith(".jsonl.gz"):
            records = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
        else:
            records = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        found |= {record[column] for record in records if record.get(column)}
    return found


def published_texts(helpdesk: Helpdesk) -> set[str]:
    """Every text of every table of the published file."""
    found: set[str] = set()
    columns = helpdesk.rows(_TEXT_COLUMNS)
    assert {schema for schema, _, _ in columns} == {"core", "marts", "meta"}
    for schema, table, column in columns:
        values = helpdesk.rows(f'select distinct cast("{column}" as varchar) from "{schema}"."{table}"')
        found |= {value for (value,) in values if value}
    return found


def test_no_address_name_or_subject_is_in_any_table(published: Helpdesk) -> None:
    secrets = {
        "address": delivered(published, "customers", "email") | delivered(published, "agents", "email"),
        "customer": delivered(published, "customers", "name"),
        "agent": delivered(published, "agents", "name"),
        "subject": delivered(published, "tickets", "subject"),
    }
    assert min(len(values) for values in secrets.values()) > 10
    texts = published_texts(published)
    assert len(texts) > 500
    assert {kind: values & texts for kind, values in secrets.items() if values & texts} == {}
    everything = "\n".join(texts)
    for address in secrets["address"] | secrets["customer"]:
        assert address not in everything
    assert "@example" not in everything


def test_no_address_or_customer_is_in_the_bytes_of_the_file(published: Helpdesk) -> None:
    """What was deleted, or lies in a dictionary of a compressed column, is in the bytes and in no table."""
    content = published.published_bytes()
    assert b"example.org" not in content
    names = delivered(published, "customers", "name") | delivered(published, "customers", "email")
    assert [name for name in sorted(names) if name.encode() in content] == []
    # The same search finds a text that is published.
    assert b"average_resolution_time" in content


def test_keys_of_people_cannot_be_computed_from_their_ids(published: Helpdesk) -> None:
    texts = published_texts(published)
    people = delivered(published, "customers", "customer_id") | delivered(published, "agents", "agent_id")
    assert {pseudonym("generic", "main", person) for person in people} & texts
    assert {md5(f"generic|main|{person}".encode()).hexdigest() for person in people} & texts == set()
    # The same rule without a secret does tell tickets.
    tickets = delivered(published, "tickets", "ticket_id")
    assert {md5(f"generic|main|{ticket}".encode()).hexdigest() for ticket in tickets} <= texts


def test_the_private_part_is_closed_to_others(published: Helpdesk) -> None:
    private = published.warehouse.private_dir
    assert b"example" in published.warehouse.build_file.read_bytes()
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    # The run history, dbt's log and queries and the pages of checks are among them.
    assert {"build.duckdb", "dagster", "data_docs", "dbt"} <= {path.name for path in private.iterdir()}
    assert [path for path in private.rglob("*") if path.stat().st_mode & 0o077] == []


@pytest.mark.parametrize("name", [*SECRETS, "key", "secret"])
def test_no_secret_is_in_any_file_or_word(first_refresh: tuple[Helpdesk, Outcome], name: str) -> None:
    helpdesk, outcome = first_refresh
    value = {**SECRETS, "key": TEST_KEY, "secret": SECRET}[name]
    assert value not in outcome.output + outcome.errors
    files = [path for path in helpdesk.root.rglob("*") if path.is_file()]
    holding = {path for path in files if value.encode() in path.read_bytes()}
    # The models read what was made of the key from the private build file; the key itself is in no file.
    assert holding == ({helpdesk.warehouse.build_file} if name == "secret" else set())
