"""What killed refreshes left; the next one clears it away."""

from collections.abc import Iterator
from pathlib import Path

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, note, ok
from orchestration.doctor.sizes import size_text
from orchestration.publishing.folders import scratch_of, unfinished_files
from orchestration.publishing.lock import current_holder
from orchestration.report.swap import unfinished_reports


def findings(case: Case) -> Iterator[Finding]:
    """Unfinished files and folders, while no refresh is running."""
    warehouse = case.warehouse
    if current_holder(warehouse) is not None or not warehouse.root.exists():
        return
    candidates = (*unfinished_files(warehouse), *unfinished_reports(warehouse), *scratch_of(warehouse))
    left = [place for place in candidates if place.exists()]
    if left:
        size = size_text(sum(map(_size, left)))
        names = ", ".join(place.name for place in left)
        yield note(
            f"a killed refresh left {size} behind ({names})", "nothing: the next refresh clears it away"
        )
    else:
        yield ok("nothing half done is left behind")


def _size(place: Path) -> int:
    files = place.rglob("*") if place.is_dir() else [place]
    return sum(file.stat().st_size for file in files if file.is_file())
