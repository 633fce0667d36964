"""A nightly load: one more day on a year of tickets, against a refresh of that year from nothing."""

import resource
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from rich.console import Console
from rich.table import Table

from bench.build import told_by_dagster
from bench.extracts import AS_OF, simulated_extracts
from bench.last_day import split_last_day
from bench.measure import Timing, seconds
from orchestration.warehouse import Warehouse

_DAY_BEFORE = AS_OF - timedelta(days=1)
_SHOWN = 15


def bench_nightly(tickets: int) -> None:
    """Refresh a year but its last day, from nothing, then go on with that day; print seconds and shares.

    Args:
        tickets: How many tickets the year has.
    """
    whole_year = simulated_extracts(tickets)
    with TemporaryDirectory(prefix="nightly-", dir=whole_year.parent) as name:
        folder = Path(name)
        extracts, last_day = folder / "extracts", folder / "last_day"
        warehouse = Warehouse(folder / "warehouse")
        split_last_day(whole_year, extracts, last_day, _DAY_BEFORE)
        from_nothing = _refresh(extracts, warehouse, _DAY_BEFORE)
        parts_from_nothing = told_by_dagster(warehouse)
        shutil.copytree(last_day, extracts, dirs_exist_ok=True)
        nightly = _refresh(extracts, warehouse, AS_OF)
        parts_of_night = told_by_dagster(warehouse)
        rebuilt, all_tickets = _rebuilt_tickets(warehouse)
    clock = ("on the clock", "of CPU")
    wholes = [list(zip(clock, taken, strict=True)) for taken in (nightly, from_nothing)]
    _show(f"A nightly load on {tickets:,} tickets: the whole refresh", *wholes)
    print(f"{rebuilt:,} of {all_tickets:,} tickets rebuilt ({rebuilt / all_tickets:.1%}).")
    kinds = ("steps", "models", "data tests")
    for kind, night, full in zip(kinds, parts_of_night, parts_from_nothing, strict=True):
        _show(f"The dearest {kind} of a night", night, full)


def _refresh(extracts: Path, warehouse: Warehouse, as_of: datetime) -> tuple[float, float]:
    """Refresh; returns seconds on the clock and seconds of CPU, which a shared machine leaves alone."""
    command: list[str | Path] = [Path(sys.executable).with_name("helpdesk"), "refresh"]
    command += ["--extracts", extracts, "--warehouse", warehouse.root, "--as-of", as_of.isoformat()]
    before = _cpu_seconds()
    taken = seconds(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))
    return taken, _cpu_seconds() - before


def _cpu_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def _rebuilt_tickets(warehouse: Warehouse) -> tuple[int, int]:
    """How many tickets the last run built anew, and how many there are."""
    with duckdb.connect(warehouse.build_file, read_only=True) as connection:
        counts = connection.execute(
            "select (select count(*) from intermediate.int_rebuilt_tickets),"
            " (select count(*) from intermediate.int_tickets)"
        ).fetchone()
    return counts or (0, 0)


def _show(title: str, night: Sequence[Timing], from_nothing: Sequence[Timing]) -> None:
    """Print what takes most of a night beside what it takes from nothing; seconds, and their share."""
    table = Table("", "nightly", "from nothing", "share")
    full = dict(from_nothing)
    dearest = sorted(night, key=lambda timing: -timing[1])[:_SHOWN]
    rows = [(name, taken, full.get(name, 0.0)) for name, taken in dearest]
    if len(night) > len(dearest):
        rows.insert(0, (f"all {len(night)}", sum(taken for _, taken in night), sum(full.values())))
    for name, taken, whole in rows:
        table.add_row(name[:70], f"{taken:,.1f}", f"{whole:,.1f}", f"{taken / whole:.0%}" if whole else "")
    console = Console(width=120)
    console.print(f"\n{title}, in seconds")
    console.print(table)
