"""A second refresh beside a first, and what a dead one leaves."""

import json
import os
import re
import shutil
import time
from pathlib import Path

from orchestration.publishing.lock import current_holder
from orchestration.warehouse import Warehouse
from tests.python.conftest import AS_OF, Helpdesk
from tests.soak.desk import Desk
from tests.soak.killing import started_refresh
from tests.soak.report import Report
from tests.soak.whole import as_undisturbed, must

_HELD = (
    r"^helpdesk: warehouse is held by run [0-9a-f-]+ \(pid (\d+)\) since \d{4}-\d\d-\d\dT[\d:]+\+00:00; wait"
)
_LONGEST_SECONDS = 900


def refresh_twice(desk: Desk, folder: Path, report: Report) -> None:
    """Start refreshes while one is at work, and one where a lock was left behind.

    Args:
        desk: The helpdesk.
        folder: Where the warehouse lies.
        report: Takes what was tried.
    """
    with desk.copy(folder / "twice") as helpdesk:
        report.attempt("lock of a dead process whose number another has", "", lambda: _stale(desk, helpdesk))
    with desk.copy(folder / "twice") as helpdesk:
        report.attempt("second refresh during a first", "every 10 s", lambda: _beside(desk, helpdesk))


def _stale(desk: Desk, helpdesk: Helpdesk) -> str:
    warehouse = Warehouse(helpdesk.root)
    holder = {"run_id": "dead", "pid": os.getpid(), "host": "here", "since": "2017-02-19T00:00:00+00:00"}
    warehouse.lock_file.write_text(json.dumps(holder))
    must(current_holder(warehouse) is None, "a dead process is said to hold the warehouse")
    outcome = helpdesk.refresh("--as-of", AS_OF)
    must(outcome.status == 0, f"exit {outcome.status}: {outcome.errors}")
    as_undisturbed(desk, warehouse)
    return "not in the way"


def _beside(desk: Desk, helpdesk: Helpdesk) -> str:
    log = helpdesk.root.parent / "first.log"
    first = started_refresh(helpdesk, log)
    while "landing" not in log.read_text() and first.poll() is None:
        time.sleep(0.1)
    refused = 0
    slowest = 0.0
    while first.poll() is None:
        began = time.monotonic()
        outcome = helpdesk.refresh("--as-of", AS_OF)
        slowest = max(slowest, time.monotonic() - began)
        if outcome.status == 3:
            found = re.match(_HELD, outcome.errors)
            must(found is not None, f"does not say who holds it: {outcome.errors}")
            must(found is not None and int(found[1]) == first.pid, "names another process")
            refused += 1
        else:
            must(first.poll() is not None, f"exit {outcome.status} beside a first refresh: {outcome.errors}")
        time.sleep(10)
    must(refused > 0, "nothing was refused")
    must(first.wait(_LONGEST_SECONDS) == 0, log.read_text()[-500:])
    as_undisturbed(desk, helpdesk.warehouse)
    shutil.rmtree(helpdesk.root.parent / "first.log", ignore_errors=True)
    return (
        f"{refused} refused with exit 3, the slowest after {slowest:.1f} s; the first completed undisturbed"
    )
