"""Whatever is written lands with the same values and lines, or is quarantined; nothing is lost."""

import csv
import io
import json
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from .conftest import Landed

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TRICKY = st.sampled_from(
    ['"', '""', '"\n', "\n", "\r\n", "\r", ",", ";", "\t", '",', ',"', "\\", "\x00", "\x01", "'"]
)
VALUE = st.one_of(TEXT, st.lists(TRICKY, max_size=4).map("".join))
RECORD = st.fixed_dictionaries(
    {"created_at": st.sampled_from(["2026-01-05", "soon"]), "subject": VALUE, "type": VALUE}
)
RECORDS = st.lists(RECORD, max_size=8)
LINES = st.lists(
    st.one_of(
        st.binary(max_size=12),
        st.lists(
            st.sampled_from([b'"', b"a", b",", b"2026-01-05", b"\xff", b"\r", b" ", b'""']), max_size=7
        ).map(b"".join),
    ),
    max_size=12,
)


@contextmanager
def fresh() -> Iterator[Landed]:
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        yield Landed(Path(folder), connection)


def landed_text(text: str) -> str | None:
    """A blank lands as no value."""
    is_blank = all(c in "\t\n\v\f\r" or unicodedata.category(c).startswith("Z") for c in text)
    return None if is_blank else text


def expected(records: list[dict[str, str]], lines: list[int]) -> tuple[list[tuple], list[tuple]]:
    numbered = list(enumerate(zip(lines, records, strict=True)))
    good = [
        (line, str(n), landed_text(record["subject"]), landed_text(record["type"]))
        for n, (line, record) in numbered
        if record["created_at"] != "soon"
    ]
    bad = [(line,) for _, (line, record) in numbered if record["created_at"] == "soon"]
    return good, bad


QUERY = "_line, ticket_id, subject, type"


@settings(max_examples=40, deadline=None)
@given(records=RECORDS, is_blank_between=st.booleans())
def test_json_lines(records: list[dict[str, str]], is_blank_between: bool) -> None:
    with fresh() as helpdesk:
        end = "\n\n" if is_blank_between else "\n"
        lines = [json.dumps({"ticket_id": n, **record}) + end for n, record in enumerate(records)]
        helpdesk.write("generic/tickets/a.jsonl", "".join(lines))
        helpdesk.land(limit=1)
        good, bad = expected(records, [1 + n * len(end) for n in range(len(records))])
        assert helpdesk.tickets(QUERY) == good
        assert helpdesk.quarantine("line") == bad


@settings(max_examples=40, deadline=None)
@given(records=RECORDS, delimiter=st.sampled_from([",", ";", "|", "\t"]))
def test_csv(records: list[dict[str, str]], delimiter: str) -> None:
    with fresh() as helpdesk:
        written = io.StringIO(newline="")
        writer = csv.writer(written, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(["ticket_id", "created_at", "subject", "type"])
        lines = []
        for n, record in enumerate(records):
            lines.append(1 + written.getvalue().count("\n"))
            writer.writerow([n, record["created_at"], record["subject"], record["type"]])
        helpdesk.write("generic/tickets/a.csv", written.getvalue())
        helpdesk.land(limit=1)
        good, bad = expected(records, lines)
        assert helpdesk.tickets(QUERY) == good
        assert helpdesk.quarantine("line") == bad


@settings(max_examples=60, deadline=None)
@given(lines=LINES)
def test_every_line_of_any_bytes_is_accounted_for(lines: list[bytes]) -> None:
    content = b"ticket_id,created_at,subject\n" + b"".join(line + b"\n" for line in lines)
    with fresh() as helpdesk:
        helpdesk.write("generic/tickets/a.csv", content)
        helpdesk.land(limit=1)
        landed = helpdesk.rows(
            "select _line, len(concat(ticket_id, created_at, subject)) from raw_generic.tickets"
        )
        found = sorted([line for line, _ in landed] + [line for (line,) in helpdesk.quarantine("line")])
        physical = content.split(b"\n")
        spoken_for = set(found)
        assert len(spoken_for) == len(found)
        for number, line in enumerate(physical[1:], start=2):
            # A line that starts no record is blank, or inside the quotes of one that starts above.
            inside = any(b'"' in above for above in physical[1 : number - 1])
            assert number in spoken_for or not line.strip(b" \r") or inside
