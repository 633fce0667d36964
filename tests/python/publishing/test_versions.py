"""Earlier publications: a few are kept, one can be put back, and readers see one whole publication always."""

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import HelpdeskError, UsageError, WarehouseHeldError
from orchestration.forgetting.suppression import PERSON, Account, create_list, remember
from orchestration.landing.ledger import create_tables
from orchestration.publishing import publish as publishing
from orchestration.publishing.fingerprint import inputs_fingerprint
from orchestration.publishing.lock import hold_warehouse
from orchestration.publishing.publish import publish, read_publication
from orchestration.publishing.rollback import roll_back
from orchestration.publishing.versions import kept_versions
from orchestration.publishing.whats_new import is_anything_new, why_not_comparable
from orchestration.reading.look import warehouse_status
from orchestration.settings import Settings
from orchestration.warehouse import Warehouse

from ..conftest import run_helpdesk
from .conftest import build, record

FIRST = datetime(2017, 4, 2, 6, 5, tzinfo=UTC)


def publish_generation(
    warehouse: Warehouse, generation: int, *, keep: int = 7, fingerprint: str = "f"
) -> None:
    """The publication of run-<generation>, a day after the one before."""
    build(warehouse, generation)
    of_run = record(f"run-{generation}")
    published_at = FIRST + timedelta(days=generation)
    publish(warehouse, replace(of_run, published_at=published_at, inputs_fingerprint=fingerprint), keep=keep)


def published_generation(warehouse: Warehouse) -> tuple[int, str]:
    """What readers see: the generation of the figures, and the run that the file says it is of."""
    with duckdb.connect(str(warehouse.published_file), read_only=True) as connection:
        row = connection.execute(
            "select (select max(generation) from marts.kpi_values), (select run_id from meta.publication)"
        ).fetchone()
    assert row is not None
    return row


def kept_runs(warehouse: Warehouse) -> list[str]:
    return [version.run_id for version in kept_versions(warehouse, read_publication(warehouse))]


@pytest.fixture
def three(warehouse: Warehouse) -> Warehouse:
    """A warehouse that has published three times."""
    for generation in (1, 2, 3):
        publish_generation(warehouse, generation)
    return warehouse


def test_the_last_publications_are_kept_and_no_more(warehouse):
    for generation in range(1, 6):
        publish_generation(warehouse, generation, keep=3)

    assert kept_runs(warehouse) == ["run-4", "run-3"]
    assert len(list(warehouse.versions_dir.iterdir())) == 2
    assert published_generation(warehouse) == (5, "run-5")


def test_one_publication_is_kept_where_one_is_asked_for(three):
    publish_generation(three, 4, keep=1)

    assert kept_runs(three) == []
    assert published_generation(three) == (4, "run-4")


def test_what_is_kept_is_whole_and_nobody_may_write_it(three):
    version = kept_versions(three, read_publication(three))[0]

    with duckdb.connect(str(version.file), read_only=True) as connection:
        assert connection.execute("select distinct generation from core.fct_tickets").fetchall() == [(2,)]
    assert not stat.S_IMODE(version.file.stat().st_mode) & 0o222


def test_a_rollback_puts_the_one_before_back(three):
    now, before = roll_back(three, None)

    assert (now.run_id, before.run_id) == ("run-2", "run-3")
    assert published_generation(three) == (2, "run-2")
    assert kept_runs(three) == ["run-3", "run-1"]


def test_a_rollback_after_a_rollback_goes_further_back(three):
    roll_back(three, None)
    roll_back(three, None)

    assert published_generation(three) == (1, "run-1")
    with pytest.raises(
        UsageError,
        match=r"before run run-1, .*: no such publication is kept; --to takes one of: run-3 .*run-2 ",
    ):
        roll_back(three, None)


def test_a_rollback_to_a_run_goes_back_and_forward(three):
    roll_back(three, "run-1")
    assert published_generation(three) == (1, "run-1")

    roll_back(three, "run-3")
    assert published_generation(three) == (3, "run-3")
    assert kept_runs(three) == ["run-2", "run-1"]


@pytest.mark.parametrize(
    ("run", "found"),
    [
        ("run-9", "no such publication is kept"),
        ("run-", "2 kept publications begin so"),
        ("../private/build", "no such publication is kept"),
    ],
)
def test_a_run_that_is_not_kept_is_told_with_those_that_are(three, run, found):
    with pytest.raises(UsageError, match=rf"--to {run}: {found}; --to takes one of: run-2 \(2017-"):
        roll_back(three, run)

    assert published_generation(three) == (3, "run-3")


def test_nothing_is_put_back_where_nothing_is_published(warehouse):
    with pytest.raises(UsageError, match="nothing is published"):
        roll_back(warehouse, None)


def test_no_rollback_during_a_refresh(three):
    with (
        hold_warehouse(three, run_id="nightly"),
        pytest.raises(WarehouseHeldError, match="held by run nightly"),
    ):
        roll_back(three, None)

    assert published_generation(three) == (3, "run-3")


def test_a_damaged_version_is_not_put_back_and_in_nobodys_way(three):
    damaged = kept_versions(three, read_publication(three))[0].file
    damaged.unlink()
    damaged.write_bytes(b"no database")

    with pytest.raises(HelpdeskError, match=r"run-2\.duckdb: cannot be opened"):
        roll_back(three, None)
    assert published_generation(three) == (3, "run-3")
    publish_generation(three, 4)
    assert published_generation(three) == (4, "run-4")


def test_a_file_that_somebody_put_there_stays(three):
    own = three.versions_dir / "my copy.duckdb"
    own.write_bytes(b"mine")

    publish_generation(three, 4, keep=1)

    assert own.read_bytes() == b"mine"


def test_killed_between_keeping_and_replacing_nothing_is_lost(three, monkeypatch):
    def killed(database: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing, "_log_of", killed)
    build(three, 4)
    with pytest.raises(KeyboardInterrupt):
        publishing.replace_published_file(three, three.publication_file, run_id="run-3", mode=None)
    monkeypatch.undo()

    assert published_generation(three) == (3, "run-3")
    assert kept_runs(three) == ["run-2", "run-1"]
    publish_generation(three, 4)
    assert published_generation(three) == (4, "run-4")
    assert kept_runs(three) == ["run-3", "run-2", "run-1"]


def test_where_files_cannot_have_two_names_they_are_copied(warehouse, monkeypatch):
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refused)
    publish_generation(warehouse, 1)
    publish_generation(warehouse, 2)

    roll_back(warehouse, None)
    assert published_generation(warehouse) == (1, "run-1")


def test_a_reader_keeps_what_it_opened_before_a_rollback(three):
    with duckdb.connect(str(three.published_file), read_only=True) as reader:
        roll_back(three, "run-1")
        assert reader.execute("select max(generation) from marts.kpi_values").fetchone() == (3,)


def test_what_was_taken_back_is_not_published_again_unasked(warehouse):
    with duckdb.connect(str(warehouse.build_file)) as connection:
        create_tables(connection, {})
    now = inputs_fingerprint(warehouse, Settings())
    publish_generation(warehouse, 1, fingerprint="earlier extracts")
    publish_generation(warehouse, 2, fingerprint=now)
    roll_back(warehouse, None)

    assert not is_anything_new(warehouse, Settings(), as_of=None, full=False)
    assert is_anything_new(warehouse, Settings(), as_of=None, full=True)
    publish_generation(warehouse, 3, fingerprint="other extracts")
    assert is_anything_new(warehouse, Settings(), as_of=None, full=False)


def test_a_comparison_after_a_rollback_says_how_to_go_forward(warehouse):
    now = inputs_fingerprint(warehouse, Settings())
    publish_generation(warehouse, 1, fingerprint="earlier extracts")
    publish_generation(warehouse, 2, fingerprint=now)
    assert why_not_comparable(warehouse, Settings()) is None

    roll_back(warehouse, None)
    told = why_not_comparable(warehouse, Settings())
    assert told is not None
    assert told.endswith("not those of what is published: helpdesk rollback --to run-2 before --compare")

    publish_generation(warehouse, 3, fingerprint="other extracts")
    told = why_not_comparable(warehouse, Settings())
    assert told is not None
    assert told.endswith("not those of what is published: refresh before --compare")


def test_the_command_goes_back_and_says_how_to_go_forward(three):
    back = run_helpdesk("rollback", "--warehouse", three.root)

    assert back.status == 0, back.errors
    assert back.output.splitlines() == [
        "Published     run run-2, as of 2017-04-02 06:00 UTC, first published 2017-04-04 06:05 UTC",
        "Taken back    run run-3, as of 2017-04-02 06:00 UTC; it is kept: helpdesk rollback --to run-3",
        "The next refresh that has anything new publishes again.",
    ]
    status = run_helpdesk("status", "--warehouse", three.root).output.splitlines()
    of = "as of 2017-04-02 06:00 UTC, 1 extract file"
    assert f"  taken back  2017-04-05 06:05 UTC by run run-3, {of}" in status
    assert f"  earlier     2017-04-03 06:05 UTC by run run-1, {of}" in status
    assert run_helpdesk("rollback", "--warehouse", three.root, "--to", "run-3").status == 0
    assert published_generation(three) == (3, "run-3")


def test_a_damaged_version_does_not_hide_the_others(three):
    (_, damaged) = kept_versions(three, read_publication(three))
    damaged.file.chmod(0o600)
    damaged.file.write_bytes(b"damaged")

    assert [str(version) for version in warehouse_status(three).versions] == [
        "2017-04-04 06:05 UTC by run run-2, as of 2017-04-02 06:00 UTC, 1 extract file",
        "2017-04-03 06:05 UTC by run run-1; its file is damaged",
    ]


def test_what_is_published_cannot_be_put_back(three):
    with pytest.raises(UsageError, match=r"^--to run-3: this is what is published$"):
        roll_back(three, "run-3")


def test_the_command_says_in_one_line_what_is_wrong(three):
    wrong = run_helpdesk("rollback", "--warehouse", three.root, "--to", "nobody")

    assert wrong.status == 2
    assert len(wrong.error_lines) == 1
    assert wrong.errors.startswith(
        "helpdesk: --to nobody: no such publication is kept; --to takes one of: run-2 ("
    )


def forget_somebody(warehouse: Warehouse, at: datetime) -> None:
    """Put somebody on the list of who is forgotten."""
    with duckdb.connect(str(warehouse.build_file)) as connection:
        create_list(connection)
        remember(connection, Account("generic", "main"), PERSON, ["cust-4711"], at)


def test_no_publication_of_before_somebody_was_forgotten_is_put_back(three):
    forget_somebody(three, FIRST + timedelta(days=3, hours=1))

    with pytest.raises(UsageError, match="run-2 was published before somebody was forgotten"):
        roll_back(three, None)

    assert published_generation(three) == (3, "run-3")


def test_a_publication_of_after_somebody_was_forgotten_leaves_none_of_before(three):
    forget_somebody(three, FIRST + timedelta(days=3, hours=1))
    publish_generation(three, 4)
    assert kept_runs(three) == []
    publish_generation(three, 5)

    assert kept_runs(three) == ["run-4"]


def test_somebody_who_is_forgotten_is_something_new(warehouse):
    with duckdb.connect(str(warehouse.build_file)) as connection:
        create_tables(connection, {})
    before = inputs_fingerprint(warehouse, Settings())
    forget_somebody(warehouse, FIRST)
    once = inputs_fingerprint(warehouse, Settings())
    forget_somebody(warehouse, FIRST + timedelta(days=1))

    assert len({before, once, inputs_fingerprint(warehouse, Settings())}) == 3
