"""Is there room on the disks that a refresh writes to?"""

import shutil
from collections.abc import Iterator
from pathlib import Path

from orchestration.dagster_home import home_of
from orchestration.doctor.case import Case
from orchestration.doctor.extracts.looking import plain_bytes
from orchestration.doctor.finding import Finding, note, ok, wrong
from orchestration.doctor.places import there
from orchestration.doctor.sizes import size_text
from orchestration.warehouse import Warehouse

# The first build of the shipped samples took 745 MB for 59 MB of unpacked extracts, its copy included.
ROOM_PER_EXTRACT = 13
# Dagster's history of one run.
_HISTORY_BYTES = 20_000_000


def findings(case: Case) -> Iterator[Finding]:
    """The free room beside the warehouse and Dagster's history, against what a refresh is going to need."""
    extracts = plain_bytes(case)
    needed = needed_bytes(case.warehouse, extracts)
    yield _verdict(there(case.warehouse.root), needed, least=min(extracts, needed))
    home = there(home_of(case.warehouse))
    if home.stat().st_dev != there(case.warehouse.root).stat().st_dev:
        yield _verdict(home, _HISTORY_BYTES, least=_HISTORY_BYTES)


def needed_bytes(warehouse: Warehouse, extracts: float) -> float:
    """What a refresh needs besides what is there: see "no room left on the disk" in docs/operations.md."""
    if warehouse.build_file.exists():
        published = warehouse.published_file
        copies = 2 * published.stat().st_size if published.exists() else 0
        return warehouse.build_file.stat().st_size + copies
    return ROOM_PER_EXTRACT * extracts


def _verdict(folder: Path, needed: float, *, least: float) -> Finding:
    free = shutil.disk_usage(folder).free
    told = f"{size_text(free)} free where {folder} lies; a refresh may need {size_text(needed)}"
    if free < least:
        return wrong(told, "free some room, or name a folder on a larger disk")
    if free < needed:
        return note(told, "free some room first: a refresh that meets a full disk publishes nothing")
    return ok(told)
