"""Folders and files that may not be written or read."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.warehouse import PROJECT_ROOT
from tests.python.conftest import AS_OF, HELPDESK, Helpdesk, Outcome, clean_environment
from tests.soak import mounts
from tests.soak.desk import Desk
from tests.soak.report import Report
from tests.soak.whole import must, whole

_NOBODY = 65534


def deny_folders(desk: Desk, report: Report) -> None:
    """Refresh where something may not be written or read; root may do anything, so another user tries.

    Args:
        desk: The helpdesk.
        report: Takes what was tried.
    """
    if mounts.may_mount():
        report.attempt("read-only warehouse", "a read-only mount", lambda: _on_read_only_mount(desk))
    for fault, deny in (
        ("read-only warehouse", lambda place: (place / "warehouse").chmod(0o555)),
        ("private folder of somebody else", lambda place: _give_to_root(place / "warehouse" / "private")),
        (
            "build file of somebody else",
            lambda place: _give_to_root(place / "warehouse/private/build.duckdb"),
        ),
        ("unreadable extract", lambda place: _some_extract(place).chmod(0)),
        ("unreadable folder of a stream", lambda place: _some_extract(place).parent.chmod(0)),
        ("unreadable folder of extracts", lambda place: (place / "extracts").chmod(0)),
    ):
        report.attempt(fault, "as another user", lambda deny=deny: _denied(desk, deny))


def _on_read_only_mount(desk: Desk) -> str:
    with _copies(desk) as place, mounts.read_only(place / "warehouse"):
        return _told(desk, _refresh(place, user=None), place)


def _denied(desk: Desk, deny: object) -> str:
    with _copies(desk) as place:
        deny(place)
        return _told(desk, _refresh(place, user=_NOBODY if os.geteuid() == 0 else None), place)


def _told(desk: Desk, outcome: Outcome, place: Path) -> str:
    must(outcome.status in (1, 2), f"exit {outcome.status}: {outcome.errors}")
    must(len(outcome.error_lines) == 1, f"more than a line: {outcome.errors}")
    must("unexpected" not in outcome.errors, f"was not expected: {outcome.errors}")
    must(whole(Helpdesk(place, place / "warehouse").warehouse) == desk.run_id, "something was published")
    return f"exit {outcome.status}: {outcome.errors.strip()[:200]}"


def _refresh(place: Path, *, user: int | None) -> Outcome:
    done = subprocess.run(
        [HELPDESK, "refresh", "--extracts", "extracts", "--warehouse", place / "warehouse", "--as-of", AS_OF],
        env=clean_environment() | {"PYTHONPATH": str(PROJECT_ROOT), "HOME": str(place)},
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@contextmanager
def _copies(desk: Desk) -> Iterator[Path]:
    """Extracts and warehouse of another user, in a folder that everybody can enter."""
    with tempfile.TemporaryDirectory(prefix="helpdesk-denied-") as folder:
        place = Path(folder)
        shutil.copytree(desk.extracts, place / "extracts")
        shutil.copytree(desk.before.root, place / "warehouse")
        if os.geteuid() == 0:
            for path in (place, *place.rglob("*")):
                os.chown(path, _NOBODY, _NOBODY)
        yield place
        for path in place.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)


def _give_to_root(path: Path) -> None:
    """Take a file or folder from its owner; where there is nobody else, only its writing."""
    if os.geteuid() == 0:
        os.chown(path, 0, 0)
    else:
        path.chmod(0o500 if path.is_dir() else 0o400)


def _some_extract(place: Path) -> Path:
    return next(iter(sorted((place / "extracts/generic/tickets").glob("1-*"))))
