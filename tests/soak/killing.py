"""kill -9 at random, seeded points of a refresh; a few in a row are killed before one is left alone."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from orchestration.warehouse import PROJECT_ROOT
from tests.python.conftest import AS_OF, HELPDESK, Helpdesk, clean_environment
from tests.soak.desk import Desk
from tests.soak.report import Report
from tests.soak.whole import as_undisturbed, must, whole

# Two of five are killed shortly after one of these lines: what is short would else be hit too seldom.
_STEPS = ("landing ", "checking raw", "building models", "checking what is to be published", "publishing ")
_SHARE_AT_STEPS = 0.4
_LONGEST_STREAK = 8
_MOST_TRIES = 4
_POLL_SECONDS = 0.02
_LONGEST_SECONDS = 900


def kill_refreshes(desk: Desk, folder: Path, report: Report, *, kills: int, seed: int, workers: int) -> None:
    """Kill refreshes until so many were killed.

    Args:
        desk: The helpdesk.
        folder: Where warehouses of the faults lie.
        report: Takes what was tried.
        kills: How many.
        seed: Of the points.
        workers: How many warehouses are refreshed at once.
    """
    planned: list[tuple[int, int]] = []
    draw = random.Random(seed)
    while sum(count for _, count in planned) < kills:
        left = kills - sum(count for _, count in planned)
        planned.append((draw.randrange(10**6), min(left, draw.randint(2, _LONGEST_STREAK))))
    report.say(f"{kills} kills in {len(planned)} streaks, seed {seed}")

    def begin(streak: int, count: int) -> None:
        if not report.is_over():
            work = partial(_streak, desk, folder, report, streak, count)
            report.attempt("streak of kills", f"streak {streak}", work)

    with ThreadPoolExecutor(workers) as pool:
        for streak in planned:
            pool.submit(begin, *streak)


def _streak(desk: Desk, folder: Path, report: Report, seed: int, count: int) -> None:
    draw = random.Random(seed)
    killed = tries = 0
    # What comes too late does not count; once something is published the next begins from before again.
    while killed < count and tries < _MOST_TRIES * count and not report.is_over():
        with desk.copy(folder / f"streak-{seed}") as helpdesk:
            published = desk.run_id
            while killed < count and published == desk.run_id and not report.is_over():
                tries += 1
                alone = draw.random() < 0.5
                point = _killed(desk, helpdesk, draw, alone)
                if point is not None:
                    killed += 1
                    fault = (
                        "kill -9 of the refresh, dbt left alone" if alone else "kill -9 of refresh and dbt"
                    )
                    report.attempt(
                        fault,
                        f"streak {seed}, kill {killed} of {count}",
                        lambda point=point: _told(helpdesk, point),
                    )
                published = whole(helpdesk.warehouse)
            after = "the refresh after a streak of kills"
            report.attempt(after, f"streak {seed}", lambda: _completed(desk, helpdesk))


def _killed(desk: Desk, helpdesk: Helpdesk, draw: random.Random, alone: bool) -> str | None:
    return kill_at_random(
        helpdesk,
        draw,
        end=(lambda pid: os.kill(pid, signal.SIGKILL))
        if alone
        else (lambda pid: os.killpg(pid, signal.SIGKILL)),
        seconds=desk.seconds,
        log=helpdesk.root.parent / "killed.log",
    )


def _told(helpdesk: Helpdesk, point: str) -> str:
    whole(helpdesk.warehouse)
    return f"killed {point}; what is published is whole"


def started_refresh(helpdesk: Helpdesk, log: Path) -> subprocess.Popen[bytes]:
    """A refresh in a process group of its own, whose output goes to a file."""
    folders = ("--extracts", helpdesk.extracts, "--warehouse", helpdesk.root)
    with log.open("w") as lines:
        return subprocess.Popen(
            [HELPDESK, "refresh", *folders, "--as-of", AS_OF],
            env=clean_environment(),
            cwd=PROJECT_ROOT,
            stdout=lines,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def kill_at_random(
    helpdesk: Helpdesk, draw: random.Random, *, end: Callable[[int], None], seconds: float, log: Path
) -> str | None:
    """Start a refresh and end it at a random point.

    Args:
        helpdesk: Whose.
        draw: Chance.
        end: Ends the process, or the group that it leads.
        seconds: What an undisturbed refresh takes.
        log: Where its output goes.

    Returns:
        When it was ended, and the step it was in; None when it had ended itself before.
    """
    step = draw.choice(_STEPS) if draw.random() < _SHARE_AT_STEPS else None
    delay = draw.uniform(0, 2.0) if step else draw.uniform(0, 0.95 * seconds)
    began = time.monotonic()
    process = started_refresh(helpdesk, log)
    while step and step not in log.read_text() and process.poll() is None:
        time.sleep(_POLL_SECONDS)
    try:
        process.wait(delay)
    except subprocess.TimeoutExpired:
        end(process.pid)
    status = process.wait(_LONGEST_SECONDS)
    said = (log.read_text().splitlines() or ["before its first line"])[-1].strip()
    if status != -signal.SIGKILL:
        must(status == 0, f"the refresh before it was killed: exit {status}: {said}")
        return None
    return f"after {time.monotonic() - began:.1f} s ({said})"


def _completed(desk: Desk, helpdesk: Helpdesk) -> str:
    # At once: a dbt that outlived its refresh must not hold the build file.
    outcome = helpdesk.refresh("--as-of", AS_OF)
    must(outcome.status == 0, f"exit {outcome.status}: {outcome.errors}")
    as_undisturbed(desk, helpdesk.warehouse)
    return "completed, equal to the undisturbed one in every table"
