"""Every fault, one after another, with progress, and figures at the end: ``make soak``."""

import math
import os
import platform
import random
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tests.soak import mounts
from tests.soak.desk import prepare
from tests.soak.disks import fail_disks, fill_disks, lose_power
from tests.soak.folders import deny_folders
from tests.soak.killing import kill_refreshes
from tests.soak.reading import read_while_publishing
from tests.soak.report import Report
from tests.soak.second import refresh_twice

_SIMULATED_SEED = 5


def main(
    kills: Annotated[int, typer.Option(help="How many refreshes are killed.")] = 50,
    minutes: Annotated[float, typer.Option(help="How long readers read beside publications.")] = 10,
    readers: Annotated[int, typer.Option(help="How many readers.")] = 50,
    disks: Annotated[int, typer.Option(help="How many disks get full.")] = 8,
    cuts: Annotated[int, typer.Option(help="How often power is lost, and how often a disk fails.")] = 8,
    seed: Annotated[int, typer.Option(help="Of chance; 0 draws one.")] = 0,
    workers: Annotated[int, typer.Option(help="How many refreshes are killed at once.")] = 2,
    longest: Annotated[float, typer.Option(help="Begin nothing after so many minutes.")] = math.inf,
    folder: Annotated[
        Path | None, typer.Option(help="Keeps the prepared warehouses for the next run.")
    ] = None,
    only: Annotated[str, typer.Option(help="folders,second,readers,power,failing,full,kills")] = "",
) -> None:
    """Try every fault; exit 1 if one was not survived."""
    chance = seed or random.randrange(1, 10**6)
    report = Report(longest_minutes=longest)
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    report.note(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, {system}, seed {chance}")
    with tempfile.TemporaryDirectory(prefix="helpdesk-soak-") as temporary:
        place = folder or Path(temporary)
        desk = prepare(place / "desk", _SIMULATED_SEED)
        report.note(f"an undisturbed refresh takes {desk.seconds:.0f} s")
        parts: dict[str, Callable[[], None]] = {
            "folders": lambda: deny_folders(desk, report),
            "second": lambda: refresh_twice(desk, place, report),
            "readers": lambda: read_while_publishing(
                desk, place, report, readers=readers, minutes=minutes, seed=chance
            ),
            "power": lambda: lose_power(desk, place, report, cuts=cuts, seed=chance),
            "failing": lambda: fail_disks(desk, place, report, failures=cuts, seed=chance),
            "full": lambda: fill_disks(desk, place, report, disks=disks, seed=chance),
            "kills": lambda: kill_refreshes(desk, place, report, kills=kills, seed=chance, workers=workers),
        }
        for name in only.split(",") if only else parts:
            if name in ("power", "failing", "full") and not mounts.may_mount():
                report.note(f"{name}: NOT TRIED, it needs root and a Linux that mounts loop devices")
            else:
                parts[name]()
    raise typer.Exit(report.end())


if __name__ == "__main__":
    typer.run(main)
