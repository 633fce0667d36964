"""What was known on an earlier day: the log back-fills resolved_at, which no day of history may use.

Some hundred incidents of the shipped log, each with all its updates, show it.
"""

import csv
import gzip
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from orchestration.publishing.compare import differing_tables
from orchestration.warehouse import PROJECT_ROOT

from ..conftest import AS_OF, Helpdesk

LOG = PROJECT_ROOT / "samples" / "servicenow" / "incidents" / "incident_event_log.csv.gz"
EARLIER = "2016-04-15T00:00:00"
INCIDENTS = 250
EVERY = 98

Update = dict[str, str]


@pytest.fixture(scope="module")
def incidents() -> dict[str, list[Update]]:
    """Every 98th incident of the log, with all its updates."""
    found: dict[str, list[Update]] = {}
    with gzip.open(LOG, "rt", encoding="utf-8", newline="") as log:
        for update in csv.DictReader(log):
            found.setdefault(update["number"], []).append(update)
    chosen = sorted(found)[::EVERY][:INCIDENTS]
    assert len(chosen) == INCIDENTS
    return {number: found[number] for number in chosen}


@pytest.fixture(scope="module")
def cut(incidents: dict[str, list[Update]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cut log as an extract, its rows as they are."""
    extracts = tmp_path_factory.mktemp("cut") / "extracts"
    path = extracts / "servicenow" / "incidents" / "cut.csv"
    path.parent.mkdir(parents=True)
    updates = [update for history in incidents.values() for update in history]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(updates[0]))
        writer.writeheader()
        writer.writerows(updates)
    return extracts


def refreshed(extracts: Path, root: Path, as_of: str) -> Helpdesk:
    helpdesk = Helpdesk(extracts, root)
    outcome = helpdesk.refresh("--as-of", as_of)
    assert outcome.status == 0, outcome.errors
    return helpdesk


@pytest.fixture(scope="module")
def earlier(cut: Path, tmp_path_factory: pytest.TempPathFactory) -> Helpdesk:
    """Slow (20 s): the cut log as of 15 April 2016, although it holds what came later."""
    return refreshed(cut, tmp_path_factory.mktemp("earlier") / "warehouse", EARLIER)


@pytest.fixture(scope="module")
def later(cut: Path, earlier: Helpdesk, tmp_path_factory: pytest.TempPathFactory) -> Helpdesk:
    """Slow (20 s): the cut log as of its end, on from what was published of the same files before."""
    root = tmp_path_factory.mktemp("later") / "warehouse"
    shutil.copytree(earlier.root, root)
    return refreshed(cut, root, AS_OF)


def instant(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M")


def known(history: list[Update], at: str = EARLIER) -> list[Update]:
    """Updates of an incident that were logged by then, oldest first."""
    moment = datetime.fromisoformat(at)
    logged = [update for update in history if instant(update["sys_updated_at"]) <= moment]
    return sorted(
        logged, key=lambda update: (instant(update["sys_updated_at"]), int(update["sys_mod_count"]))
    )


def test_only_incidents_that_were_logged_by_then_are_tickets(
    earlier: Helpdesk, incidents: dict[str, list[Update]]
) -> None:
    expected = sorted(number for number, history in incidents.items() if known(history))
    assert 50 < len(expected) < INCIDENTS
    tickets = earlier.rows("select ticket_id from core.fct_tickets order by ticket_id")
    assert [ticket_id for (ticket_id,) in tickets] == expected


def test_a_ticket_not_resolved_by_then_has_no_time_of_resolution(
    earlier: Helpdesk, incidents: dict[str, list[Update]]
) -> None:
    """The log itself says when it will have been resolved, on rows from long before."""
    states = {number: known(history)[-1] for number, history in incidents.items() if known(history)}
    unresolved = {n for n, update in states.items() if update["incident_state"] not in ("Resolved", "Closed")}
    backfilled = {number for number in unresolved if states[number]["resolved_at"] != "?"}
    assert len(backfilled) > 2
    unset = earlier.rows("""
        select ticket_id from core.fct_tickets
        where vendor_resolved_at is null and vendor_full_resolution_seconds is null
            and solved_at is null and closed_at is null
    """)
    assert backfilled <= {ticket_id for (ticket_id,) in unset}


def test_no_instant_of_any_ticket_lies_after_as_of(earlier: Helpdesk) -> None:
    columns = earlier.rows("""
        select column_name from information_schema.columns
        where table_schema = 'core' and table_name = 'fct_tickets' and data_type = 'TIMESTAMP'
    """)
    assert len(columns) > 5
    latest = {
        name: earlier.rows(f'select max("{name}") <= cast(? as timestamp) from core.fct_tickets', EARLIER)
        for (name,) in columns
    }
    assert [name for name, answer in latest.items() if answer == [(False,)]] == []


def test_the_same_files_as_of_another_instant_are_published_again(earlier: Helpdesk, later: Helpdesk) -> None:
    runs = [
        desk.rows("select run_id, cast(as_of as varchar) from meta.publication")[0]
        for desk in (earlier, later)
    ]
    assert runs[0][0] != runs[1][0]
    assert [as_of for _, as_of in runs] == [EARLIER.replace("T", " "), AS_OF.replace("T", " ")]
    assert differing_tables(earlier.warehouse.published_file, later.warehouse.published_file)[
        "core.fct_tickets"
    ]


def test_the_backlog_of_a_day_does_not_change_when_the_future_comes(
    earlier: Helpdesk, later: Helpdesk
) -> None:
    """Every day of history up to the earlier run, not just its last one."""
    days = """
        select date_day, backlog_count from core.fct_backlog_daily
        where slice = 'all' and date_day < ? order by date_day
    """
    before, after = earlier.rows(days, EARLIER[:10]), later.rows(days, EARLIER[:10])
    assert len(before) > 40
    assert before[-1][1] > 5
    assert before == after
