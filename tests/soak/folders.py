"""Folders and files that may not be written or read."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.warehouse import PROJECT_ROOT
from tests.python.conftest import AS_OF, HELPDESK, Helpdesk, Outcome, clean_environment
from tests.soak import mounts
from tests.soak.desk import Desk
from tests.soak.report import Report
from tests.soak.whole import must, whole

_NOBODY = 65534
# Root may read and write whatever the modes say: it is made to heed them.
_POWERS = "-dac_override,-dac_read_search,-fowner"
_WITHOUT_POWERS = ("setpriv", f"--bounding-set={_POWERS}", f"--inh-caps={_POWERS}")


def deny_folders(desk: Desk, report: Report) -> None:
    """Refresh where something may not be written or read.

    Args:
        desk: The helpdesk.
        report: Takes what was tried.
    """
    if mounts.may_mount():
        report.attempt("read-only warehouse", "a read-only mount", lambda: _on_read_only_mount(desk))
    for fault, deny in (
        ("read-only warehouse", lambda place: (place / "warehouse").chmod(0o555)),
        ("private folder of somebody else", lambda place: _give_away(place / "warehouse" / "private")),
        ("build file of somebody else", lambda place: _give_away(place / "warehouse/private/build.duckdb")),
        ("unreadable extract", lambda place: _some_extract(place).chmod(0)),
        ("unreadable folder of a stream", lambda place: _some_extract(place).parent.chmod(0)),
        ("unreadable folder of extracts", lambda place: (place / "extracts").chmod(0)),
    ):
        report.attempt(fault, "by its modes", lambda deny=deny: _denied(desk, deny))


def _on_read_only_mount(desk: Desk) -> str:
    with _copies(desk) as place, mounts.read_only(place / "warehouse"):
        return _told(desk, _refresh(place), place)


def _denied(desk: Desk, deny: Callable[[Path], None]) -> str:
    with _copies(desk) as place:
        deny(place)
        return _told(desk, _refresh(place), place)


def _told(desk: Desk, outcome: Outcome, place: Path) -> str:
    must(outcome.status in (1, 2), f"exit {outcome.status}: {outcome.errors}")
    # Wrong options are told by the command line itself, in a box.
    is_usage = outcome.status == 2 and outcome.errors.startswith("Usage: ")
    must(is_usage or len(outcome.error_lines) == 1, f"more than a line: {outcome.errors}")
    must("unexpected" not in outcome.errors, f"was not expected: {outcome.errors}")
    must(whole(Helpdesk(place, place / "warehouse").warehouse) == desk.run_id, "something was published")
    return f"exit {outcome.status}: {outcome.errors.strip().replace(str(place), '…')[:200]}"


def _refresh(place: Path) -> Outcome:
    folders = ("--extracts", place / "extracts", "--warehouse", place / "warehouse")
    done = subprocess.run(
        [*_WITHOUT_POWERS * (os.geteuid() == 0), HELPDESK, "refresh", *folders, "--as-of", AS_OF],
        env=clean_environment(),
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@contextmanager
def _copies(desk: Desk) -> Iterator[Path]:
    """Extracts and a warehouse whose modes may be changed."""
    with tempfile.TemporaryDirectory(prefix="helpdesk-denied-") as folder:
        place = Path(folder)
        shutil.copytree(desk.extracts, place / "extracts")
        shutil.copytree(desk.before.root, place / "warehouse")
        yield place
        for path in (place, place / "warehouse", place / "extracts", _some_extract(place).parent):
            path.chmod(0o755)


def _give_away(path: Path) -> None:
    """Give a file or folder to another user; who is not root can only give up writing it."""
    if os.geteuid() == 0:
        os.chown(path, _NOBODY, _NOBODY)
    else:
        path.chmod(0o500 if path.is_dir() else 0o400)


def _some_extract(place: Path) -> Path:
    return place / "extracts/generic/tickets/1-tickets-2017-02.jsonl"
