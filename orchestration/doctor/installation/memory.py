"""How much memory is there, and how much of it may DuckDB take?"""

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, note, ok, wrong
from orchestration.doctor.sizes import size_text

VARIABLE = "HELPDESK_MEMORY_LIMIT"
LITTLE_BYTES = 2_000_000_000
# Of a container: the machine has more than it may use.
CGROUP = Path("/sys/fs/cgroup/memory.max")
_UNITS = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}


def findings(case: Case) -> Iterator[Finding]:
    """The machine's memory, and the limit that is set."""
    total = memory_bytes()
    limit = os.environ.get(VARIABLE)
    if limit is not None:
        allowed = _bytes_of(limit)
        if allowed is None:
            yield wrong(f"{VARIABLE}={limit}: DuckDB cannot read it", "set a size such as 4GB, or 50%")
            return
        if allowed > total:
            yield wrong(
                f"{VARIABLE}={limit} is more than the {size_text(total)} of memory here",
                "lower it: DuckDB would be ended by the kernel instead of writing to disk",
            )
            return
    if total < LITTLE_BYTES:
        yield note(
            f"only {size_text(total)} of memory: builds of much data will write to disk and take long",
            f"give it {size_text(LITTLE_BYTES)} or more",
        )
    else:
        share = f"{limit} ({VARIABLE})" if limit else "80 %"
        yield ok(f"{size_text(total)} of memory, of which DuckDB may take {share}")


def memory_bytes() -> int:
    """The memory of this machine, or of the container that this runs in."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    allowed = CGROUP.read_text(encoding="ascii").strip() if CGROUP.exists() else "max"
    return min(total, int(allowed)) if allowed.isdecimal() else total


def _bytes_of(limit: str) -> float | None:
    """What DuckDB takes a limit for; None when it cannot read it."""
    try:
        with duckdb.connect(config={"memory_limit": limit}) as connection:
            row = connection.execute("select current_setting('memory_limit')").fetchone()
    except duckdb.Error:
        return None
    number, unit = str(row[0] if row else "0 KiB").split()
    return float(number) * _UNITS.get(unit, 1)
