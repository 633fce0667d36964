"""What was known at an instant: exactly what the build file held when that instant's landing was done."""

import shutil
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import HelpdeskError, RefusedError
from orchestration.expectations.sql import fill, identifier
from orchestration.landing.land import land
from orchestration.landing.past import first_landing, take_known_records
from orchestration.settings import Account, Landing, Settings

from .conftest import json_lines, ticket

FIRST = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
SETTINGS = Settings(
    accounts={"generic@riga": Account(time_zone="Europe/Riga")}, landing=Landing(max_bad_record_rate=0.5)
)
_TABLES = """
    select table_schema, table_name from information_schema.tables
    where table_catalog = current_database() and (table_schema like 'raw_%' or table_schema = 'meta')
    order by all
"""
_ROWS = "select $columns from $table order by rowid"
_COLUMNS = """
    select column_name from information_schema.columns
    where table_catalog = current_database() and table_schema = ? and table_name = ? order by ordinal_position
"""


@pytest.fixture
def landings(tmp_path: Path) -> list[Path]:
    """The build file as it was after each of three nights."""
    nights: list[dict[str, str]] = [
        {
            "generic/tickets/a.jsonl": json_lines(ticket(1, status="open"), ticket(2), {"status": "no id"}),
            "generic/agents/a.jsonl": json_lines({"agent_id": "7", "role": "agent"}),
        },
        # Delivered again and changed; a copy of what came; a column and an account nobody knew before.
        {
            "generic/tickets/a.jsonl": json_lines(ticket(1, status="solved", mood="glad"), ticket(2)),
            "generic/tickets/b.jsonl": json_lines(ticket(3), {"created_at": "no id either"}, ticket(4)),
            "generic/agents/copy.jsonl": json_lines({"agent_id": "7", "role": "agent"}),
            "generic@riga/tickets/a.jsonl": json_lines(ticket(1)),
        },
        # Out of order: what the first night brought comes back.
        {"generic/tickets/a.jsonl": json_lines(ticket(1, status="open"), ticket(2), {"status": "no id"})},
    ]
    states = []
    extracts, build = tmp_path / "extracts", tmp_path / "build.duckdb"
    for number, files in enumerate(nights):
        for name, content in files.items():
            (extracts / name).parent.mkdir(parents=True, exist_ok=True)
            (extracts / name).write_text(content)
        with duckdb.connect(str(build)) as connection:
            night = FIRST + timedelta(days=number)
            land(connection, extracts, SETTINGS, loaded_at=night, report=lambda _: None)
        states.append(Path(shutil.copyfile(build, tmp_path / f"night-{number}.duckdb")))
    return states


def rows(file: Path) -> dict[str, list[dict[str, object]]]:
    """Every row of raw and meta in the order of landing, without what a column unknown then leaves empty."""
    found = {}
    with duckdb.connect(str(file), read_only=True) as connection:
        for schema, table in connection.execute(_TABLES).fetchall():
            columns = [name for (name,) in connection.execute(_COLUMNS, [schema, table]).fetchall()]
            statement = fill(
                _ROWS, columns=", ".join(map(identifier, columns)), table=identifier(schema, table)
            )
            found[f"{schema}.{table}"] = [
                {name: value for name, value in zip(columns, row, strict=True) if value is not None}
                for row in connection.execute(statement).fetchall()
            ]
    return found


def taken(source: Path, known_at: datetime) -> Path:
    """The build file of that past."""
    past = source.parent / "past.duckdb"
    with duckdb.connect(str(past)) as connection:
        take_known_records(connection, source, SETTINGS, known_at=known_at)
    return past


@pytest.mark.parametrize("night", [0, 1, 2])
@pytest.mark.parametrize("later", [timedelta(0), timedelta(hours=23, minutes=59, seconds=59)])
def test_the_past_is_what_had_landed_by_then(landings: list[Path], night: int, later: timedelta) -> None:
    past = rows(taken(landings[-1], FIRST + timedelta(days=night) + later))
    assert past == rows(landings[night])
    told = [(ticket["_account"], ticket.get("status")) for ticket in past["raw_generic.tickets"]]
    assert told.count(("main", "open")) == [1, 1, 2][night]
    assert told.count(("main", "solved")) == [0, 1, 1][night]
    assert told.count(("riga", None)) == [0, 1, 1][night]
    assert len(past["meta.quarantine"]) == [1, 2, 3][night]


def test_landing_never_changes_what_had_landed(landings: list[Path]) -> None:
    for earlier, later in pairwise(landings):
        before, after = rows(earlier), rows(later)
        for table in ("raw_generic.tickets", "raw_generic.agents", "meta.loads", "meta.quarantine"):
            assert after[table][: len(before[table])] == before[table]


def test_the_loads_that_had_landed_are_told(landings: list[Path], tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "past.duckdb")) as connection:
        loads = take_known_records(connection, landings[-1], SETTINGS, known_at=FIRST)
    assert [(load.file, load.status, load.rows_landed, load.rows_quarantined) for load in loads] == [
        ("generic/agents/a.jsonl", "landed", 1, 0),
        ("generic/tickets/a.jsonl", "landed", 2, 1),
    ]


def test_a_refused_landing_is_remembered_until_the_next_run_alone(tmp_path: Path) -> None:
    extracts, build = tmp_path / "extracts", tmp_path / "build.duckdb"
    (extracts / "generic" / "tickets").mkdir(parents=True)
    file = extracts / "generic" / "tickets" / "a.jsonl"
    file.write_text(json_lines(ticket(1)))
    second = FIRST + timedelta(days=1)
    with duckdb.connect(str(build)) as connection:
        land(connection, extracts, SETTINGS, loaded_at=FIRST, report=lambda _: None)
        file.write_text("not JSON\n")
        with pytest.raises(RefusedError):
            land(connection, extracts, SETTINGS, loaded_at=second, report=lambda _: None)
    assert [load["status"] for load in rows(taken(build, second))["meta.loads"]] == ["landed", "refused"]


def test_who_is_forgotten_is_forgotten_in_the_past(landings: list[Path]) -> None:
    with duckdb.connect(str(landings[-1])) as connection:
        connection.execute("create table meta.forgotten as select 'f00' as digest, 'f-1' as tombstone")
        connection.execute("create table meta.forgotten_salt as select 's' as salt")
    past = rows(taken(landings[-1], FIRST))
    assert past["meta.forgotten"] == [{"digest": "f00", "tombstone": "f-1"}]
    assert past["meta.forgotten_salt"] == [{"salt": "s"}]


def test_the_first_landing(landings: list[Path], tmp_path: Path) -> None:
    with duckdb.connect(str(landings[-1]), read_only=True) as connection:
        assert first_landing(connection) == FIRST.replace(tzinfo=None)
    with duckdb.connect(str(tmp_path / "empty.duckdb")) as connection:
        assert first_landing(connection) is None


def test_a_source_that_is_no_database_is_told(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.duckdb"
    damaged.write_text("not a database")
    with duckdb.connect() as connection, pytest.raises(HelpdeskError, match="cannot be opened"):
        take_known_records(connection, damaged, SETTINGS, known_at=FIRST)
