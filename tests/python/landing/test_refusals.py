"""A run with a file that cannot be read, or with too many bad records, lands nothing and says why."""

import gzip
import json
from pathlib import Path

import pyarrow
import pytest

from orchestration.errors import RefusedError

from .conftest import HEADER, Landed, csv_lines, json_lines, ticket


def refusal(helpdesk: Landed, limit: float = 0.01) -> list[str]:
    """The lines of a refusal, after which nothing of the run may be found."""
    helpdesk.write("generic/agents/good.jsonl", json_lines({"agent_id": "1"}))
    with pytest.raises(RefusedError) as refused:
        helpdesk.land(limit)
    assert helpdesk.tickets() == []
    assert helpdesk.rows("from raw_generic.agents") == []
    assert helpdesk.rows("from meta.accounts") == []
    assert helpdesk.rows("select count(*) from meta.loads where status <> 'refused'") == [(0,)]
    return str(refused.value).splitlines()


def packed_lines() -> bytes:
    return json_lines(*(ticket(n, subject=f"{n * 7919 % 1000}") for n in range(2000))).encode()


def test_half_a_gzip_file(helpdesk: Landed) -> None:
    path = helpdesk.write("generic/tickets/a.jsonl.gz", packed_lines())
    path.write_bytes(path.read_bytes()[:-2000])
    (line,) = refusal(helpdesk)
    assert line.startswith("generic/tickets/a.jsonl.gz: cannot be unpacked to its end (")
    assert line.endswith("): deliver the whole file again")
    assert helpdesk.loads() == [("generic/tickets/a.jsonl.gz", "refused", 0, 0)]


def test_a_gzip_file_whose_checksum_differs(helpdesk: Landed) -> None:
    path = helpdesk.write("generic/tickets/a.jsonl.gz", packed_lines())
    content = path.read_bytes()
    path.write_bytes(content[:-8] + b"abcd" + content[-4:])
    (line,) = refusal(helpdesk)
    assert "generic/tickets/a.jsonl.gz: cannot be unpacked to its end (CRC check failed" in line


def test_half_a_zstd_file(helpdesk: Landed) -> None:
    path = helpdesk.write("generic/tickets/a.jsonl.zst", b"")
    with pyarrow.CompressedOutputStream(pyarrow.OSFile(str(path), "wb"), "zstd") as file:
        file.write(packed_lines())
    path.write_bytes(path.read_bytes()[:-1000])
    (line,) = refusal(helpdesk)
    assert line.startswith("generic/tickets/a.jsonl.zst: cannot be unpacked to its end (Truncated compressed")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", (HEADER + csv_lines(1)).encode("utf-16"), "is text in UTF-16 or UTF-32: save it as UTF-8"),
        ("a.jsonl", bytes(4096), "holds zero bytes instead of records: deliver the whole file again"),
        (
            "a.jsonl",
            json_lines(ticket(1)).encode("utf-16-le"),
            "is text in UTF-16 or UTF-32: save it as UTF-8",
        ),
        (
            "a.csv",
            "ticket_id,created_at,caf\xe9\n1,2026-01-05,x\n".encode("latin-1"),
            "line 1: the header is not UTF-8 text: save the file as UTF-8 with one header line",
        ),
        (
            "a.csv",
            b"ticket_id,created_at,mood,Mood\n1,2026-01-05,x,y\n",
            "line 1: the header names column 'Mood' 2 times: rename one",
        ),
        (
            "a.csv",
            (HEADER + csv_lines(2)).replace("\n", "\r").encode(),
            "line 1: lines end in a carriage return alone: save the file with LF or CRLF",
        ),
        ("a.csv", b"\n\n", "holds no header: deliver the file with one"),
        (
            "a.json",
            json.dumps([ticket(1), ticket(2)]).encode()[:-40],
            "is a JSON array that stops before its end: deliver the whole file again",
        ),
        (
            "a.json",
            json.dumps([ticket(1)]).encode()[:-1] + b",",
            "is a JSON array that stops before its end: deliver the whole file again",
        ),
        (
            "a.csv",
            gzip.compress(HEADER.encode(), mtime=0),
            "is packed, although its name does not end in .gz: rename it",
        ),
        (
            "a.jsonl",
            json_lines({"x": 1}).encode(),
            "holds none of the required columns of generic/tickets: deliver the file with them, or move it to"
            " the folder of its stream",
        ),
        (
            "a.csv",
            b"ticket_id,subject\n1,x\n",
            "lacks the required columns created_at of generic/tickets: deliver the file with them, or move it"
            " to the folder of its stream",
        ),
        (
            "a.jsonl",
            json_lines({"agent_id": "1", "hired_on": "2026-01-05"}).encode(),
            "holds none of the required columns of generic/tickets; it looks like generic/agents: move it to"
            " generic/agents/",
        ),
        (
            "a.jsonl",
            json_lines(
                {"message_id": 1, "ticket_id": 2, "sent_at": "2026-01-05", "author_type": "bot"}
            ).encode(),
            "lacks the required columns created_at of generic/tickets; it looks like generic/messages:"
            " move it to generic/messages/",
        ),
    ],
)
def test_a_file_that_cannot_be_meant(helpdesk: Landed, name: str, content: bytes, message: str) -> None:
    helpdesk.write(f"generic/tickets/{name}", content)
    assert refusal(helpdesk, limit=1) == [f"generic/tickets/{name}: {message}"]
    assert helpdesk.loads("file, status, message") == [(f"generic/tickets/{name}", "refused", message)]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.parquet", b"no parquet at all"), ("a.json", b'{"a": 1} {"b": '), ("a.json", b'[{"a": 1} {"b": 2}]')],
)
def test_a_file_of_another_format(helpdesk: Landed, name: str, content: bytes) -> None:
    helpdesk.write(f"generic/tickets/{name}", content)
    (line,) = refusal(helpdesk)
    assert line.startswith(f"generic/tickets/{name}: cannot be read as {name.partition('.')[2]} (")
    assert line.endswith("): deliver it again")
    assert str(helpdesk.extracts) not in line


def test_an_object_keyed_by_id_is_no_list_of_records(helpdesk: Landed) -> None:
    helpdesk.write("generic/tickets/a.json", json.dumps({f"id {n}": ticket(n) for n in range(501)}))
    (line,) = refusal(helpdesk)
    assert line.startswith("generic/tickets/a.json: names 501 columns that generic/tickets does not know")


def test_too_many_bad_records_refuse_the_run_and_are_kept(helpdesk: Landed) -> None:
    helpdesk.write("generic/tickets/a.csv", HEADER + csv_lines(97) + "98,,x\n99,soon,x\n")
    helpdesk.write("generic/tickets/b.csv", HEADER + csv_lines(1))
    assert refusal(helpdesk) == [
        "generic/tickets/a.csv: line 99: required column created_at is missing; 2 bad records in this file,"
        " 2 of 100 in generic/tickets, where 1.00% are accepted: deliver it corrected, or raise"
        " landing.max_bad_record_rate"
    ]
    assert helpdesk.loads() == [("generic/tickets/a.csv", "refused", 0, 2)]
    assert helpdesk.quarantine() == [
        (99, "required column created_at is missing"),
        (100, "created_at is not a timestamp: 'soon'"),
    ]


def test_as_many_bad_records_as_accepted_land(helpdesk: Landed) -> None:
    helpdesk.write("generic/tickets/a.csv", HEADER + csv_lines(99) + "100,soon,x\n")
    helpdesk.land()
    assert helpdesk.loads() == [("generic/tickets/a.csv", "landed", 99, 1)]


def test_every_problem_is_told_at_once(helpdesk: Landed) -> None:
    helpdesk.write("generic/tickets/a.jsonl", "{\n")
    helpdesk.write("generic/tickets/b.json", "[")
    helpdesk.write("generic/customers/c.parquet", "x")
    assert sorted(line.partition(": ")[0] for line in refusal(helpdesk)) == [
        "generic/customers/c.parquet",
        "generic/tickets/a.jsonl",
        "generic/tickets/b.json",
    ]


def test_a_second_attempt_takes_the_place_of_the_first(helpdesk: Landed) -> None:
    helpdesk.write("generic/tickets/a.csv", HEADER + "1,soon,x\n")
    refusal(helpdesk)
    refusal(helpdesk)
    assert helpdesk.loads() == [("generic/tickets/a.csv", "refused", 0, 1)]
    assert helpdesk.quarantine("line") == [(2,)]
    helpdesk.land(limit=1)
    assert helpdesk.loads("status, rows_quarantined") == [("landed", 0), ("landed", 1)]
    assert helpdesk.quarantine("line") == [(2,)]
    helpdesk.write("generic/tickets/a.csv", HEADER + csv_lines(1))
    helpdesk.land()
    assert helpdesk.tickets() == [(2, "1")]


def test_a_refused_file_that_is_gone_or_good_by_now_is_forgotten(helpdesk: Landed) -> None:
    gone = helpdesk.write("generic/tickets/gone.csv", HEADER + "1,soon,x\n")
    helpdesk.write("generic/tickets/mended.csv", HEADER + "2,soon,x\n")
    helpdesk.write("generic/tickets/wrong.csv", HEADER + "3,soon,x\n")
    refusal(helpdesk)
    assert len(helpdesk.quarantine()) == 3
    gone.unlink()
    helpdesk.write("generic/tickets/mended.csv", HEADER + csv_lines(1))
    refusal(helpdesk)
    assert helpdesk.loads("file, status") == [("generic/tickets/wrong.csv", "refused")]
    assert helpdesk.quarantine("file") == [("generic/tickets/wrong.csv",)]
    (helpdesk.extracts / "generic/tickets/wrong.csv").unlink()
    helpdesk.land()
    assert helpdesk.loads("file, status") == [
        ("generic/agents/good.jsonl", "landed"),
        ("generic/tickets/mended.csv", "landed"),
    ]
    assert helpdesk.quarantine() == []


def test_what_landed_before_outlives_a_refusal(helpdesk: Landed) -> None:
    helpdesk.write("generic/tickets/a.jsonl", json_lines(ticket(1)))
    helpdesk.land()
    helpdesk.write("generic/tickets/b.jsonl", json_lines(ticket(2)) + "{")
    with pytest.raises(RefusedError, match=r"b\.jsonl: line 2: is not valid JSON"):
        helpdesk.land()
    assert helpdesk.tickets() == [(1, "1")]
    assert helpdesk.loads("file, status") == [
        ("generic/tickets/a.jsonl", "landed"),
        ("generic/tickets/b.jsonl", "refused"),
    ]


def test_no_temporary_table_stays(helpdesk: Landed, tmp_path: Path) -> None:
    helpdesk.write("generic/tickets/a.csv", HEADER + csv_lines(3))
    helpdesk.land()
    assert helpdesk.rows("select table_name from duckdb_tables() where temporary") == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["extracts"]
