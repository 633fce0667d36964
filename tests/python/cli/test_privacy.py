"""Nothing that names a person leaves the private part of a warehouse."""

import csv
import gzip
import json
import stat

from ..conftest import Helpdesk

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


def test_the_private_part_is_closed_to_others(published: Helpdesk) -> None:
    assert b"example" in published.warehouse.build_file.read_bytes()
    assert stat.S_IMODE(published.warehouse.private_dir.stat().st_mode) == 0o700
