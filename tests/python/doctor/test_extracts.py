"""What can be wrong with a folder of extracts and its files: in landing's own words."""

import gzip
import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from orchestration.doctor.extracts import looking, opening, sampling
from orchestration.doctor.extracts.looking import look, plain_bytes
from tests.python.doctor.conftest import NOW, MakeCase, told, write

CALL = {"call_id": "1", "direction": "inbound", "outcome": "answered"}


def tickets(count: int, **values: str) -> str:
    records = (
        {"ticket_id": str(n), "created_at": f"2026-11-20T10:00:{n % 60:02d}Z", "subject": "x" * 80} | values
        for n in range(count)
    )
    return "".join(f"{json.dumps(record)}\n" for record in records)


@pytest.fixture
def extracts(tmp_path: Path) -> Path:
    return tmp_path / "extracts"


def put(extracts: Path, name: str, content: str | bytes) -> Path:
    path = write(extracts, name, content)
    os.utime(path, (0, 0))
    return path


def test_a_default_folder_that_is_not_there_is_a_note(make: MakeCase) -> None:
    assert "put files into" in told("extracts.folder", make(is_extracts_named=False), "note")
    assert "does not exist" in told("extracts.folder", make(), "wrong")


def test_a_folder_without_extracts(make: MakeCase, extracts: Path) -> None:
    put(extracts, "generic/tickets/roster.xlsx", "")
    assert "holds no extract" in told("extracts.folder", make(), "wrong")
    assert "roster.xlsx: ignored" in told("extracts.folder", make(), "note")


def test_many_ignored_files_are_told_in_one_line(make: MakeCase, extracts: Path) -> None:
    for number in range(13):
        put(extracts, f"generic/tickets/{number}.gz.gz", "")
    said = told("extracts.folder", make(), "note").splitlines()
    assert len(said) == 11
    assert said[-1].startswith("and 3 more files are ignored")


def test_misspelt_folders_and_links_are_told_with_what_was_meant_and_the_others_looked_at(
    make: MakeCase, extracts: Path
) -> None:
    put(extracts, "generic/ticktes/a.csv", "")
    put(extracts, "zendesc/users/a.csv", "")
    put(extracts, "generic/tickets/a.jsonl", tickets(2))
    (extracts / "generic/tickets/out.csv").symlink_to("/etc/hostname")
    said = told("extracts.folder", make(), "wrong")
    assert "generic/ticktes/: unknown stream: did you mean tickets? known are" in said
    assert "zendesc/: unknown system 'zendesc': did you mean zendesk?" in said
    assert "out.csv: a link that leads out of the extracts folder" in said
    assert "1 file, " in told("extracts.folder", make(), "ok")
    assert "generic@main/tickets: 2 records, 2026-11-20 to 2026-11-20" in told(
        "extracts.streams", make(), "ok"
    )


def test_a_folder_that_may_not_be_read(
    make: MakeCase, extracts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(extracts, "generic/tickets/a.jsonl", tickets(2))

    def refuse(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert "cannot be read (Permission denied): let this user read it" in told(
        "extracts.folder", make(), "wrong"
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tickets/a.jsonl.gz", gzip.compress(tickets(50).encode())[:-30], "cannot be unpacked to its end"),
        ("tickets/a.jsonl", gzip.compress(tickets(50).encode()), "is packed, although its name does not"),
        ("tickets/a.jsonl.zst", b"\x28\xb5\x2f\xfd no more", "cannot be unpacked to its end"),
        ("tickets/a.csv", "ticket_id,created_at\n1,2026-11-20\n".encode("utf-16"), "is text in UTF-16"),
        ("tickets/a.csv", "ticket_id,created_at,ticket_id\n", "names column 'ticket_id' 2 times"),
        ("tickets/a.csv", "call_id,direction,started_at,outcome\n", "it looks like generic/calls: move it"),
        ("tickets/a.csv", "b,c\n1,2\n", "holds none of the required columns of generic/tickets"),
        ("tickets/a.parquet", b"PAR1 and no more", "cannot be read as parquet"),
        ("tickets/a.json", '[{"ticket_id": "1"},', "is a JSON array that stops before its end"),
        ("orders/a.csv", b"PK\x03\x04 of a spreadsheet\n", "unpack it, or save it as CSV in UTF-8"),
    ],
)
def test_a_file_that_cannot_land(
    make: MakeCase, extracts: Path, name: str, content: str | bytes, said: str
) -> None:
    put(extracts, f"generic/{name}", content)
    wrong = told("extracts.files", make(), "wrong")
    assert wrong.startswith(f"generic/{name}: ")
    assert said in wrong


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", "<!DOCTYPE html>\n<html>\n", "perhaps a login page was saved in place of the export"),
        ("a.jsonl", f"[{json.dumps(CALL)}]\n", "it begins like one JSON array: name it .json"),
        ("a.jsonl", json.dumps(CALL) + "\n", "required column started_at is missing; 1 bad record"),
        ("a.jsonl", json.dumps(CALL | {"started_at": "soon"}), "started_at is not a timestamp: 'soon'"),
        ("a.jsonl", json.dumps(CALL | {"started_at": "1970-01-01"}), "started_at is before 1990"),
        ("a.csv", "call_id,direction,started_at,outcome\n,inbound,2026-11-20,missed\n", "call_id is missing"),
    ],
)
def test_records_that_are_refused(make: MakeCase, extracts: Path, name: str, content: str, said: str) -> None:
    put(extracts, f"generic/calls/{name}", content)
    wrong = told("extracts.records", make(), "wrong")
    assert wrong.startswith(f"generic/calls/{name}: line {2 if name.endswith('csv') else 1}: ")
    assert "where 1.00% are accepted" in wrong
    assert said in wrong


def test_a_byte_order_mark_and_another_delimiter_are_right(make: MakeCase, extracts: Path) -> None:
    put(extracts, "generic/tickets/a.csv", "\ufeffticket_id;created_at\n1;2026-11-20T10:00:00Z\n")
    assert "no bad record among 1 that were read" in told("extracts.records", make(), "ok")


def test_bad_records_below_the_limit_are_a_note(make: MakeCase, extracts: Path) -> None:
    put(extracts, "generic/tickets/a.jsonl", tickets(200) + "{\n")
    assert told("extracts.records", make(), "wrong") == ""
    said = told("extracts.records", make(), "note")
    assert "1 bad record will be quarantined, the first in generic/tickets/a.jsonl, line 201: is not" in said


def test_the_limit_is_that_of_the_settings(make: MakeCase, extracts: Path, tmp_path: Path) -> None:
    put(extracts, "generic/tickets/a.jsonl", tickets(20) + "{\n")
    config = write(tmp_path, "helpdesk.toml", "[landing]\nmax_bad_record_rate = 0.2\n")
    assert "1 of 21" in told("extracts.records", make(), "wrong")
    assert told("extracts.records", make(config=config), "wrong") == ""


def test_empty_files_and_files_that_still_arrive(make: MakeCase, extracts: Path) -> None:
    put(extracts, "generic/costs/costs.csv", "")
    put(extracts, "generic/groups/groups.csv", "group_id,name\n")
    arriving = put(extracts, "generic/tickets/a.jsonl", tickets(2))
    os.utime(arriving, (NOW.timestamp() - 5, NOW.timestamp() - 5))
    said = told("extracts.files", make(), "note")
    assert "no records in generic/costs/costs.csv, generic/groups/groups.csv |" in said
    assert "perhaps still arriving: generic/tickets/a.jsonl | write extracts under a hidden name" in said
    assert "generic@main/costs: brings no records" in told("extracts.streams", make(), "note")


def test_many_files_are_told_in_few_lines(make: MakeCase, extracts: Path) -> None:
    for number in range(23):
        put(extracts, f"generic/tickets/{number}.csv", "b,c\n")
        put(extracts, f"generic/costs/{number}.csv", "")
    wrong = told("extracts.files", make(), "wrong").splitlines()
    assert len(wrong) == 21
    assert wrong[-1].startswith("and 3 more files cannot land")
    assert "generic/costs/10.csv and 20 more files" in told("extracts.files", make(), "note")


def test_a_file_that_may_not_be_read(make: MakeCase, extracts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(extracts, "generic/tickets/a.jsonl", tickets(2))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(opening, "sampled", refuse)
    assert "cannot be read (Permission denied): let this user" in told("extracts.files", make(), "wrong")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file is too large to be read to its end."""
    monkeypatch.setattr(looking, "SMALL_FOLDER_BYTES", 0)
    monkeypatch.setattr(sampling, "SMALL_BYTES", 0)
    monkeypatch.setattr(sampling, "HEAD_BYTES", 20_019)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.csv"])
def test_of_large_files_the_beginning_is_read_and_the_rest_estimated(
    make: MakeCase, extracts: Path, name: str
) -> None:
    text = tickets(2000)
    if name.endswith("csv"):
        # Values that span lines: one of them is cut where the head ends.
        text = "ticket_id,created_at,subject\n" + '1,2026-11-20T10:00:00Z,"aaaa\nbbbb\ncccc"\n' * 6000
    path = put(extracts, f"generic/tickets/{name}", gzip.compress(text.encode()) if "gz" in name else text)
    (each,) = look(make()).files
    assert each.load is not None
    assert (each.load.status, each.load.rows_quarantined, each.is_whole) == ("landed", 0, False)
    assert 0 < each.load.rows_landed < 700
    expected = 6000 if name.endswith("csv") else 2000
    assert each.record_count == pytest.approx(expected, rel=0.5)
    said = told("extracts.streams", make(), "ok")
    assert said.startswith("generic@main/tickets: about ")
    assert "2026-11-20 to 2026-11-20 in what was read" in said
    assert "1 of 1 files were opened, 0 of them read to the end; --all" in told(
        "extracts.files", make(), "ok"
    )
    whole = told("extracts.streams", make(everything=True), "ok")
    assert whole.startswith(f"generic@main/tickets: {expected:,} records")
    assert path.stat().st_size <= plain_bytes(make()) < 3 * len(text)


@pytest.mark.usefixtures("large")
def test_of_a_large_parquet_file_the_footer_counts(make: MakeCase, extracts: Path) -> None:
    path = put(extracts, "generic/tickets/a.parquet", "")
    rows = {"ticket_id": [str(n) for n in range(5000)], "created_at": [datetime(2026, 11, 20)] * 5000}
    pyarrow.parquet.write_table(pyarrow.table(rows), path)
    assert "generic@main/tickets: about 5,000 records" in told("extracts.streams", make(), "ok")
    path.write_bytes(path.read_bytes()[:-9])
    assert "a.parquet: cannot be read as parquet" in told("extracts.files", make(), "wrong")


@pytest.mark.usefixtures("large")
def test_a_large_json_document_is_left_to_all(
    make: MakeCase, extracts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sampling, "_LARGEST_DOCUMENT_BYTES", 0)
    document = f"[{','.join(tickets(3).splitlines())}]"
    put(extracts, "generic/tickets/a.json", document)
    assert "records that only --all can count" in told("extracts.streams", make(), "ok")
    assert "3 records" in told("extracts.streams", make(everything=True), "ok")
    assert told("extracts.files", make(), "note") == ""


@pytest.mark.usefixtures("large")
def test_a_first_line_that_is_longer_than_what_is_read_is_left_to_all(make: MakeCase, extracts: Path) -> None:
    put(extracts, "generic/tickets/a.jsonl", tickets(1, subject="x" * 30_000))
    assert "records that only --all can count" in told("extracts.streams", make(), "ok")
    assert told("extracts.records", make(), "wrong") == ""
    assert "1 record, " in told("extracts.streams", make(everything=True), "ok")


@pytest.mark.usefixtures("large")
def test_of_many_files_a_few_are_opened(make: MakeCase, extracts: Path) -> None:
    for day in range(1, 29):
        put(
            extracts, f"generic/tickets/2026-10-{day:02d}.jsonl", tickets(10, created_at=f"2026-10-{day:02d}")
        )
    opened = [each.extract.path.stem for each in look(make()).files if each.load]
    assert opened == ["2026-10-01", "2026-10-15", "2026-10-28"]
    assert "about 280 records, 2026-10-01 to 2026-10-28" in told("extracts.streams", make(), "ok")
    assert sum(each.load is not None for each in look(make(everything=True)).files) == 28


def test_times_without_an_offset(make: MakeCase, extracts: Path, tmp_path: Path) -> None:
    put(extracts, "generic/tickets/a.jsonl", tickets(2, created_at="2026-11-22 10:00"))
    assert "generic@main: times without an offset are read as UTC: tickets" in told(
        "extracts.times", make(), "note"
    )
    zone = "[accounts.'generic@main']\ntime_zone = 'Europe/Riga'\n"
    config = write(tmp_path, "helpdesk.toml", zone)
    assert told("extracts.times", make(config=config), "note") == ""
    assert "are read as Europe/Riga, as helpdesk.toml says" in told(
        "extracts.times", make(config=config), "ok"
    )


def test_old_and_future_records(make: MakeCase, extracts: Path, tmp_path: Path) -> None:
    old, ahead = NOW - timedelta(days=4), NOW + timedelta(days=2)
    path = put(extracts, "generic/tickets/a.jsonl", tickets(1, created_at=old.isoformat()))
    assert "generic@main: nothing newer than 2026-11-18 in tickets" in told("extracts.times", make(), "note")
    config = write(tmp_path, "helpdesk.toml", "[thresholds]\nstale_after_days = 5\n")
    assert told("extracts.times", make(config=config), "note") == ""
    assert "nothing odd" in told("extracts.times", make(config=config), "ok")
    path.write_text(tickets(1, created_at=ahead.isoformat()))
    assert "generic@main: records of the future: tickets" in told("extracts.times", make(), "note")
