"""Logs, messages and histories lose the person, and stay readable."""

import json
import sqlite3
from contextlib import closing

import pytest

from orchestration.errors import WarehouseHeldError
from orchestration.forgetting import history as histories
from orchestration.forgetting.traces import Traces
from tests.python.forgetting.conftest import ADA, NAME, PHONE, SECRETS, Desk, write_generic


def test_private_files_lose_the_person_and_keep_the_rest(desk: Desk) -> None:
    write_generic(desk)
    desk.land()
    private = desk.warehouse.private_dir
    for name in (
        "dbt/failed/test.sql",
        "data_docs/index.html",
        "check_results/raw/checks.json",
        "lake/x.txt",
    ):
        (private / name).parent.mkdir(parents=True, exist_ok=True)
        (private / name).write_text(NAME)
    log = private / "dagster" / "storage" / "run" / "out.log"
    log.parent.mkdir(parents=True)
    log.write_text(f"landing\nstrange: '{ADA}' of {NAME}, {PHONE}\n")
    history = private / "dagster" / "history.db"
    with closing(sqlite3.connect(history)) as connection, connection:
        connection.execute("create table event_logs (id integer primary key, event text)")
        event = json.dumps({"message": f"{NAME} <{SECRETS[1]}>", "step": 5})
        connection.executemany("insert into event_logs (event) values (?)", [(event,), ("other",)])
    desk.forget()
    assert desk.files_that_hold(*SECRETS) == []
    assert log.read_text() == "landing\nstrange: '[removed]' of [removed], [removed]\n"
    with closing(sqlite3.connect(history)) as connection:
        rows = connection.execute("select id, event from event_logs order by id").fetchall()
    assert rows == [(1, '{"message": "[removed] <[removed]>", "step": 5}'), (2, "other")]
    assert not (private / "data_docs").exists()


def test_an_idle_server_of_dagster_is_told_before_anything_is_changed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(histories, "_PATIENCE_SECONDS", 0)
    write_generic(desk)
    desk.land()
    private = desk.warehouse.private_dir
    (private / "dbt").mkdir()
    (private / "dbt" / "dbt.log").write_text(NAME)
    index = private / "dagster" / "history" / "runs" / "index.db"
    index.parent.mkdir(parents=True)
    # As Dagster's event log does: a write-ahead log, open for good, and nothing going on.
    with closing(sqlite3.connect(index, isolation_level=None)) as server:
        server.execute("pragma journal_mode = wal")
        server.execute("create table event_logs (event text)")
        files = [desk.warehouse.build_file, private / "dbt" / "dbt.log", index]
        before = [file.read_bytes() for file in files]
        with pytest.raises(
            WarehouseHeldError, match=r"index\.db: another process .* nothing was changed; end helpdesk serve"
        ):
            desk.forget()
        assert [file.read_bytes() for file in files] == before
    desk.forget()
    assert desk.files_that_hold(*SECRETS) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("of Jān Ozols.", "of [removed]."),
        (json.dumps("Jān Ozols"), '"[removed]"'),
        ('{"id": 900000000011, "at": 1.900000000011}', '{"id": 0, "at": 1.900000000011}'),
        ("'42' of 42", "'[removed]' of 42"),
        ("9000000000112", "9000000000112"),
    ],
)
def test_texts_lose_names_and_ids_alone(text: str, left: str) -> None:
    assert Traces(["Jān Ozols", "Bo"], ["42", "900000000011"]).without(text) == left
