"""``helpdesk land``: what it lands and ships, and what it says when it cannot."""

import gzip
import json
import os
from pathlib import Path

import duckdb
import pytest

from orchestration.publishing.database import open_database
from orchestration.publishing.lock import hold_warehouse

from ..conftest import Helpdesk, Outcome, run_helpdesk


def land(helpdesk: Helpdesk, *arguments: object, **environment: str) -> Outcome:
    folders = ("--extracts", helpdesk.extracts, "--warehouse", helpdesk.root)
    return run_helpdesk("land", *folders, *arguments, **environment)


def told(outcome: Outcome, status: int) -> str:
    """The one line of an error with the expected exit status."""
    assert outcome.status == status, outcome.errors
    (line,) = outcome.error_lines
    assert line.startswith("helpdesk: ")
    return line.removeprefix("helpdesk: ")


def tickets(count: int, **values: object) -> str:
    record = {"created_at": "2017-02-18T09:00:00Z", "status": "open", **values}
    return "".join(f"{json.dumps({'ticket_id': f'late-{number}', **record})}\n" for number in range(count))


@pytest.fixture
def fresh(tmp_path: Path) -> Helpdesk:
    """A few tickets and no warehouse yet."""
    helpdesk = Helpdesk(tmp_path / "extracts", tmp_path / "warehouse")
    helpdesk.write("generic/tickets/first.jsonl", tickets(3))
    return helpdesk


def test_landing_into_a_lake(fresh: Helpdesk, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    outcome = land(fresh, "--to", "parquet", "--out", lake)
    assert (outcome.status, outcome.errors) == (0, "")
    assert "3 records landed, 0 quarantined" in outcome.output
    assert f"landings shipped to file://{lake}: 1" in outcome.output
    assert fresh.warehouse.build_file.exists()
    assert not fresh.warehouse.published_file.exists()
    leftovers = [path for path in (*lake.rglob("*"), lake) if path.stat().st_mode & 0o077]
    assert leftovers == []
    (landing,) = lake.iterdir()

    # One record of many is bad, which is accepted; the options may come from the environment.
    fresh.write("generic/tickets/second.jsonl", tickets(400) + '{"ticket_id"')
    outcome = land(fresh, HELPDESK_TO="parquet", HELPDESK_OUT=str(lake))
    assert (outcome.status, outcome.errors) == (0, "")
    assert "400 records landed, 1 quarantined" in outcome.output
    assert f"landings shipped to file://{lake}: 1" in outcome.output
    assert len(list(lake.iterdir())) == 2
    files = str(lake / "landing=*" / "raw_generic" / "tickets" / "records.parquet")
    assert duckdb.read_parquet(files, union_by_name=True).count("*").fetchall() == [(403,)]

    outcome = land(fresh, "--to", "parquet", "--out", lake)
    assert (outcome.status, outcome.errors) == (0, "")
    assert "0 records landed, 0 quarantined" in outcome.output
    assert f"landings shipped to file://{lake}: 0" in outcome.output

    (landing / "raw_generic" / "tickets" / "records.parquet").write_bytes(b"PAR1")
    line = told(land(fresh, "--to", "parquet", "--out", lake), 1)
    assert line.startswith(f"file://{landing}/raw_generic/tickets/records.parquet: is not a whole Parquet")
    assert line.endswith(f": remove the folder {landing.name}; the next refresh writes it again")


def test_landing_in_the_warehouse_alone_and_what_status_says(fresh: Helpdesk) -> None:
    outcome = land(fresh)
    assert (outcome.status, outcome.errors) == (0, "")
    assert "3 records landed, 0 quarantined" in outcome.output
    with open_database(fresh.warehouse.build_file, read_only=True) as connection:
        assert connection.execute("select count(*) from raw_generic.tickets").fetchall() == [(3,)]
    status = run_helpdesk("status", "--warehouse", fresh.root)
    assert (status.status, status.errors) == (0, "")
    assert "Published     nothing yet" in status.output
    assert "Last run      none yet" in status.output


def test_landing_leaves_the_publication_and_the_last_run_alone(desk: Helpdesk, tmp_path: Path) -> None:
    before, status = desk.published_bytes(), run_helpdesk("status", "--warehouse", desk.root)
    outcome = land(desk, "--to", "parquet", "--out", tmp_path / "lake")
    assert (outcome.status, outcome.errors) == (0, "")
    assert "0 records landed" in outcome.output
    assert f"landings shipped to file://{tmp_path / 'lake'}: 1" in outcome.output
    assert run_helpdesk("status", "--warehouse", desk.root).output == status.output
    assert desk.published_bytes() == before


def test_bad_extracts_are_one_line_and_ship_nothing(fresh: Helpdesk, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    assert land(fresh, "--to", "parquet", "--out", lake).status == 0
    before = sorted(lake.rglob("*"))
    packed = gzip.compress(tickets(50).encode())
    fresh.write("generic/tickets/late.jsonl.gz", packed[: len(packed) // 2])
    line = told(land(fresh, "--to", "parquet", "--out", lake), 1)
    assert line.startswith("generic/tickets/late.jsonl.gz: cannot be unpacked to its end")
    assert sorted(lake.rglob("*")) == before


@pytest.mark.parametrize(
    ("options", "line"),
    [
        pytest.param(["--to", "csv"], "--to csv: not duckdb or parquet", id="unknown format"),
        pytest.param(["--to", "parquet"], "--to parquet: needs --out, a folder or a URI", id="no lake"),
        pytest.param(["--out", "lake"], "--out lake: only with --to parquet", id="a lake for nothing"),
        pytest.param(
            ["--to", "parquet", "--out", "ftp://lake"],
            "ftp://lake: no place for a lake: ",
            id="no file system",
        ),
        pytest.param(
            ["--to", "parquet", "--out", "/dev/null/lake"],
            "file:///dev/null/lake: cannot be written: Not a directory; give --out",
            id="not writable",
        ),
        pytest.param(["--config", "/none.toml"], "/none.toml: cannot read the configuration", id="no config"),
        pytest.param(["--extracts", "/none"], "/none: there is no such folder of extracts", id="no extracts"),
    ],
)
def test_wrong_options_land_nothing(fresh: Helpdesk, options: list[str], line: str) -> None:
    assert told(land(fresh, *options), 2).startswith(line)
    assert not fresh.warehouse.build_file.exists()


def test_a_held_warehouse_lands_nothing(fresh: Helpdesk, tmp_path: Path) -> None:
    assert land(fresh).status == 0
    fresh.write("generic/tickets/second.jsonl", tickets(5))
    with hold_warehouse(fresh.warehouse, run_id="the-other"):
        line = told(land(fresh, "--to", "parquet", "--out", tmp_path / "lake"), 3)
    assert line.startswith(f"warehouse is held by run the-other (pid {os.getpid()}) since 20")
    assert not (tmp_path / "lake").exists()
    with open_database(fresh.warehouse.build_file, read_only=True) as connection:
        assert connection.execute("select count(*) from meta.loads").fetchall() == [(1,)]
