"""Disks that are full, that fail, and that lose what was not yet on them."""

import os
import random
import re
import shutil
import signal
import time
from pathlib import Path

from tests.python.conftest import AS_OF, Helpdesk
from tests.soak import mounts
from tests.soak.desk import Desk
from tests.soak.killing import kill_at_random, started_refresh
from tests.soak.report import Report
from tests.soak.whole import as_undisturbed, must, whole

_MEGABYTE = 2**20
_ROOMY = 2000
_LONGEST_SECONDS = 900


def fill_disks(desk: Desk, folder: Path, report: Report, *, disks: int, seed: int) -> None:
    """Refresh on disks that get full at random points.

    Args:
        desk: The helpdesk.
        folder: Where disks are mounted.
        report: Takes what was tried.
        disks: How many.
        seed: Of how much room each has left.
    """
    draw = random.Random(seed)
    used = sum(path.stat().st_blocks * 512 for path in desk.before.root.rglob("*")) // _MEGABYTE + 1
    # Evenly over the sizes that a refresh goes through, so that each of its steps meets a full disk.
    rooms = [round(70 * (number + draw.random()) / disks) for number in range(disks)]
    for room in rooms:
        if report.is_over():
            return
        report.attempt(
            "full disk", f"{room} MB left", lambda room=room: _fill(desk, folder / "full", used + room)
        )


def _fill(desk: Desk, folder: Path, megabytes: int) -> str:
    with mounts.small_disk(folder, megabytes):
        root = shutil.copytree(desk.before.root, folder / "warehouse")
        helpdesk = Helpdesk(desk.extracts, root)
        began = time.monotonic()
        outcome = helpdesk.refresh("--as-of", AS_OF)
        taken = time.monotonic() - began
        if outcome.status == 0:
            as_undisturbed(desk, helpdesk.warehouse)
            return f"was room enough, after {taken:.0f} s"
        _must_tell(outcome.status, outcome.errors, "room")
        must(whole(helpdesk.warehouse) == desk.run_id, "another publication on a full disk")
        mounts.more_room(folder, _ROOMY)
        _completes(desk, helpdesk)
        where = re.findall(r"\d s  (\S.*)", outcome.output)[-1:]
        return (
            f"exit 1 after {taken:.0f} s ({''.join(where)}): {outcome.errors.strip()[:160]}; then completed"
        )


def lose_power(desk: Desk, folder: Path, report: Report, *, cuts: int, seed: int) -> None:
    """Cut the power at random points of refreshes on a file system of their own.

    Args:
        desk: The helpdesk.
        folder: Where images and mounts lie.
        report: Takes what was tried.
        cuts: How often.
        seed: Of the points.
    """
    draw = random.Random(seed)
    for number in range(cuts):
        if report.is_over():
            return
        report.attempt(
            "power lost", f"seed {seed}, cut {number + 1}", lambda: _cut(desk, folder / "power", draw)
        )


def _cut(desk: Desk, folder: Path, draw: random.Random) -> str:
    image, cut = folder / "disk.img", folder / "cut.img"
    try:
        _disk_with(desk, image, folder / "disk")
        with mounts.mounted(image, folder / "disk") as disk:
            helpdesk = Helpdesk(desk.extracts, disk / "warehouse")

            def power_off(group: int) -> None:
                os.killpg(group, signal.SIGSTOP)
                mounts.image_at_power_loss(image, cut)
                os.killpg(group, signal.SIGKILL)

            point = kill_at_random(helpdesk, draw, end=power_off, seconds=desk.seconds, log=folder / "log")
        if point is None:
            return "not cut: the refresh had ended before"
        with mounts.mounted(cut, folder / "disk") as disk:
            helpdesk = Helpdesk(desk.extracts, disk / "warehouse")
            whole(helpdesk.warehouse)
            for version in helpdesk.warehouse.versions_dir.glob("*.duckdb"):
                whole(helpdesk.warehouse, version)
            _completes(desk, helpdesk)
        return f"cut {point}; whole, then completed"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fail_disks(desk: Desk, folder: Path, report: Report, *, failures: int, seed: int) -> None:
    """Let the disk fail under refreshes: the kernel makes it read-only under them.

    Args:
        desk: The helpdesk.
        folder: Where images and mounts lie.
        report: Takes what was tried.
        failures: How often.
        seed: Of the points.
    """
    draw = random.Random(seed)
    for number in range(failures):
        if report.is_over():
            return
        report.attempt(
            "folder turned read-only under a refresh",
            f"seed {seed}, {number + 1}",
            lambda: _fail(desk, folder / "failing", draw.uniform(0.05, 0.9) * desk.seconds),
        )


def _fail(desk: Desk, folder: Path, after: float) -> str:
    image = folder / "disk.img"
    try:
        _disk_with(desk, image, folder / "disk")
        with mounts.mounted(image, folder / "disk") as disk:
            helpdesk = Helpdesk(desk.extracts, disk / "warehouse")
            process = started_refresh(helpdesk, folder / "log")
            time.sleep(after)
            mounts.fail_disk(disk)
            failed = time.monotonic()
            status = process.wait(_LONGEST_SECONDS)
            taken = time.monotonic() - failed
            said = (folder / "log").read_text()
            errors = said[said.find("helpdesk: ") :] if "helpdesk: " in said else ""
            _must_tell(status, errors, "only")
            must(whole(helpdesk.warehouse) == desk.run_id, "another publication on a failed disk")
        with mounts.mounted(image, folder / "disk"):
            _completes(desk, helpdesk)
        return (
            f"after {after:.0f} s: exit {status} {taken:.0f} s later: {errors.strip()[:160]}; then completed"
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _disk_with(desk: Desk, image: Path, folder: Path) -> None:
    mounts.make_disk(image, 600)
    with mounts.mounted(image, folder):
        shutil.copytree(desk.before.root, folder / "warehouse")


def _must_tell(status: int, errors: str, what: str) -> None:
    must(status in (1, 2), f"exit {status}: {errors}")
    must(errors.startswith("helpdesk: ") and what in errors, f"does not say what happened: {errors}")
    must(len(errors.splitlines()) == 1, f"more than a line: {errors}")
    must("unexpected" not in errors, f"was not expected: {errors}")


def _completes(desk: Desk, helpdesk: Helpdesk) -> None:
    outcome = helpdesk.refresh("--as-of", AS_OF)
    must(outcome.status == 0, f"the next refresh: exit {outcome.status}: {outcome.errors}")
    as_undisturbed(desk, helpdesk.warehouse)
