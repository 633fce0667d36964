"""Two loads give what one gives, also when refreshes are killed in between; by the installed command."""

import gzip
import time
from pathlib import Path

import duckdb

from orchestration.publishing.compare import differing_tables
from tests.python.cli.kills import kill_refresh, whole_publication
from tests.python.conftest import AS_OF, Helpdesk, Outcome, run_helpdesk

EARLIER_AS_OF = "2017-02-10T00:00:00"
# In the middle of landing and its checks, and of dbt's build, on an idle machine and a busy one.
_KILLED_AT = (0.15, 0.6)
_HALVED = ("tickets", "ticket_events", "messages")


def _records(file: Path) -> list[str]:
    text = gzip.decompress(file.read_bytes()).decode() if file.suffix == ".gz" else file.read_text()
    return text.splitlines(keepends=True)


def _half(helpdesk: Helpdesk, source: Path, half: int) -> None:
    """Deliver every second record of what changes, and with the first half all that does not."""
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        stream = file.parent.name
        if stream in _HALVED:
            lines = "".join(_records(file)[half::2])
            helpdesk.write(f"generic/{stream}/{half}-{file.stem.removesuffix('.jsonl')}.jsonl", lines)
        elif half == 0:
            helpdesk.write(str(file.relative_to(source)), file.read_bytes())


def test_two_loads_give_what_one_gives_whoever_is_killed_in_between(
    simulated: Path, first_refresh: tuple[Helpdesk, Outcome], tmp_path: Path
) -> None:
    whole, _ = first_refresh
    helpdesk = Helpdesk(tmp_path / "extracts", tmp_path / "warehouse")
    _half(helpdesk, simulated, 0)
    began = time.monotonic()
    first = helpdesk.refresh("--as-of", EARLIER_AS_OF)
    taken = time.monotonic() - began
    assert first.status == 0, first.errors
    assert "on from the last build" not in first.output
    published = whole_publication(helpdesk)
    _half(helpdesk, simulated, 1)
    for share in _KILLED_AT:
        assert kill_refresh(helpdesk, "--as-of", AS_OF, after_seconds=share * taken) is not None
        assert whole_publication(helpdesk) == published
    second = helpdesk.refresh("--as-of", AS_OF)
    assert second.status == 0, second.errors
    assert "on from the last build" in second.output
    with duckdb.connect(str(helpdesk.warehouse.build_file), read_only=True) as build:
        counts = build.execute("""
            select
                (select count(*) from intermediate.int_rebuilt_tickets),
                (select count(*) from intermediate.int_tickets)
        """).fetchone()
    assert counts is not None
    assert 0 < counts[0] < counts[1]
    # Nothing is landed twice and nothing lost: as often as in one load, file by file.
    landed = "select sum(rows_landed), sum(rows_quarantined) from meta.loads"
    assert helpdesk.rows(landed) == whole.rows(landed)
    assert differing_tables(whole.warehouse.published_file, helpdesk.warehouse.published_file) == {}
    _the_past_is_what_was_published(helpdesk, tmp_path)


def _the_past_is_what_was_published(helpdesk: Helpdesk, folder: Path) -> None:
    """As it was known after the first load: the version that was kept, in a folder of its own."""
    live, (kept,) = helpdesk.published_bytes(), helpdesk.warehouse.versions_dir.iterdir()
    with duckdb.connect(str(kept), read_only=True) as version:
        ((known_at,),) = version.execute("select cast(known_at as varchar) from meta.publication").fetchall()
        loads = version.execute("from meta.loads").fetchall()
    past, home = Helpdesk(helpdesk.extracts, folder / "past"), folder / "home"
    outcome = run_helpdesk(
        *("backfill", "--as-of", EARLIER_AS_OF, "--known-at", known_at),
        *("--warehouse", helpdesk.root, "--out", past.root),
        DAGSTER_HOME=str(home),
    )
    assert (outcome.status, outcome.errors) == (0, "")
    assert differing_tables(kept, past.warehouse.published_file) == {}
    assert past.rows("from meta.loads") == loads
    assert differing_tables(kept, helpdesk.warehouse.published_file)
    assert past.rows("select cast(as_of as varchar), cast(known_at as varchar) from meta.publication") == [
        (EARLIER_AS_OF.replace("T", " "), known_at)
    ]
    # The present knows nothing of it.
    assert helpdesk.published_bytes() == live
    assert not home.exists()
