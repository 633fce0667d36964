"""A past that cannot be told: one line, the right exit status, and no folder is made."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.backfill import run_backfill
from orchestration.errors import UsageError, WarehouseHeldError
from orchestration.landing.land import land
from orchestration.publishing.folders import prepare_warehouse
from orchestration.publishing.lock import hold_warehouse
from orchestration.settings import Settings
from orchestration.warehouse import Warehouse

from ..conftest import run_helpdesk

LANDED_AT = datetime(2026, 3, 1, 2, 0, 5, tzinfo=UTC)
AFTERWARDS = "2026-03-01T03:00:00"


@pytest.fixture
def live(tmp_path: Path) -> Warehouse:
    """A warehouse into which one ticket has landed."""
    warehouse = Warehouse(tmp_path / "live")
    prepare_warehouse(warehouse)
    file = tmp_path / "extracts" / "generic" / "tickets" / "a.jsonl"
    file.parent.mkdir(parents=True)
    file.write_text('{"ticket_id": "1", "created_at": "2026-01-05T09:00:00Z"}\n')
    with duckdb.connect(str(warehouse.build_file)) as connection:
        extracts = tmp_path / "extracts"
        land(connection, extracts, Settings(), loaded_at=LANDED_AT, report=lambda _: None)
    return warehouse


def backfill(
    live: Warehouse, *, out: str = "past", as_of: str = AFTERWARDS, known_at: str | None = None
) -> None:
    run_backfill(warehouse=live, out=live.root.parent / out, as_of=as_of, known_at=known_at, config=None)


def in_an_hour() -> str:
    return (datetime.now(UTC) + timedelta(hours=1)).isoformat()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"as_of": "then"}, "--as-of then: not a timestamp such as "),
        ({"known_at": "then"}, "--known-at then: not a timestamp such as "),
        ({"as_of": in_an_hour}, "--as-of 20.*: is still to come; a backfill is of the past"),
        ({"known_at": in_an_hour}, "--known-at 20.*: is still to come; a backfill is of the past"),
        (
            {"known_at": "2026-03-01T02:59:59"},
            r"--as-of 2026-03-01T03:00:00\+00:00: is later than --known-at 2026-03-01T02:59:59\+00:00; ",
        ),
        (
            {"as_of": "2026-03-01T02:00:04"},
            r"nothing had landed by 2026-03-01T02:00:04\+00:00: the first extracts landed at"
            r" 2026-03-01T02:00:05\+00:00; --known-at takes that or a later instant, or now$",
        ),
        ({"out": "live"}, "--out .*live: is no folder apart from the warehouse .*live; name another"),
        ({"out": "live/versions/past"}, "--out .*past: is no folder apart from the warehouse "),
        ({"out": "."}, "--out .*: is no folder apart from the warehouse "),
        ({"out": "extracts"}, "--out .*extracts: is there already; name a new or empty folder"),
        ({"out": "extracts/generic/tickets/a.jsonl"}, "--out .*a.jsonl: is there already; name a new "),
    ],
)
def test_what_cannot_be_told(
    live: Warehouse, options: dict[str, str | Callable[[], str]], message: str
) -> None:
    before = sorted(live.root.parent.rglob("*"))
    with pytest.raises(UsageError, match=f"^{message}"):
        backfill(
            live, **{name: value if isinstance(value, str) else value() for name, value in options.items()}
        )
    assert [path for path in sorted(live.root.parent.rglob("*")) if path != live.lock_file] == before


def test_a_link_into_the_warehouse_is_no_folder_apart(live: Warehouse) -> None:
    (live.root.parent / "link").symlink_to(live.private_dir)
    with pytest.raises(UsageError, match="is no folder apart from the warehouse"):
        backfill(live, out="link/past")


@pytest.mark.parametrize("is_prepared", [False, True])
def test_where_nothing_has_landed_nothing_is_known(tmp_path: Path, is_prepared: bool) -> None:
    empty = Warehouse(tmp_path / "empty")
    if is_prepared:
        prepare_warehouse(empty)
        duckdb.connect(str(empty.build_file)).close()
    with pytest.raises(UsageError, match=r"empty: no extracts have landed there; see --warehouse$"):
        backfill(empty)


def test_a_refresh_that_runs_is_not_disturbed(live: Warehouse) -> None:
    with (
        hold_warehouse(live, run_id="the-other"),
        duckdb.connect(str(live.build_file)),
        pytest.raises(WarehouseHeldError, match=r"^warehouse is held by run the-other "),
    ):
        backfill(live)
    assert not (live.root.parent / "past").exists()


def test_a_refresh_that_began_meanwhile_leaves_no_folder_in_the_way(
    live: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> None:
        raise WarehouseHeldError("warehouse is held by run the-other")

    monkeypatch.setattr("orchestration.backfill.run_job", held)
    for _ in range(2):
        with pytest.raises(WarehouseHeldError, match="the-other"):
            backfill(live)
    assert not (live.root.parent / "past").exists()


def test_people_keep_their_keys_and_the_run_is_the_pasts_own(
    live: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []
    monkeypatch.setattr("orchestration.backfill.run_job", lambda *run: runs.append(run))
    monkeypatch.setenv("DAGSTER_HOME", str(live.dagster_home))
    (live.private_dir / "pseudonym.key").write_text("a key")
    backfill(live, as_of="2026-03-01T05:00:00+02:00", known_at="now")

    ((past, _, options),) = runs
    assert (past.private_dir / "pseudonym.key").read_text() == "a key"
    assert (past.private_dir / "pseudonym.key").stat().st_mode & 0o077 == 0
    assert "DAGSTER_HOME" not in os.environ
    assert options["as_of_text"] == "2026-03-01T03:00:00+00:00"
    assert datetime.fromisoformat(options["known_at_text"]) > datetime.now(UTC) - timedelta(hours=1)


def test_the_command_tells_it_in_one_line(live: Warehouse) -> None:
    outcome = run_helpdesk(
        "backfill", "--warehouse", live.root, "--out", live.root, HELPDESK_AS_OF=AFTERWARDS
    )
    assert outcome.status == 2
    (line,) = outcome.error_lines
    assert line.startswith(f"helpdesk: --out {live.root}: is no folder apart from the warehouse")
