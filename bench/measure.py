"""Seconds, and how many times those of a reference they are."""

import time
from collections.abc import Callable, Iterable

from rich.console import Console
from rich.table import Table

Timing = tuple[str, float]


def seconds(work: Callable[[], object], repeats: int = 1) -> float:
    """Time some work.

    Args:
        work: What to do.
        repeats: How often; short work needs a few, of which the quickest counts.

    Returns:
        Seconds of wall clock.
    """
    taken = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)


def show(title: str, reference: Timing, timings: Iterable[Timing], notes: Iterable[str] = ()) -> None:
    """Print timings as a table, the reference first.

    Args:
        title: What is compared.
        reference: What the others are compared with; seconds.
        timings: The others; seconds.
        notes: Lines below the table.
    """
    table = Table("way", "seconds", "ratio")
    for column in table.columns[1:]:
        column.justify = "right"
    for name, taken in (reference, *timings):
        table.add_row(name, f"{taken:,.2f}", f"{taken / reference[1]:,.1f}")
    console = Console()
    console.print(f"\n{title}")
    console.print(table)
    for note in notes:
        console.print(note)
