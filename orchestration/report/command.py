"""``helpdesk report``: the page of a publication, written anew or somewhere else."""

from pathlib import Path

from orchestration.errors import HelpdeskError, UsageError
from orchestration.publishing.folders import prepare_warehouse, private_files
from orchestration.publishing.lock import hold_warehouse
from orchestration.report.prepare import replace_report
from orchestration.report.site import write_site
from orchestration.warehouse import Warehouse


def write_report(warehouse: Warehouse, *, file: Path | None, out: Path | None) -> Path:
    """Write the report page of what is published, or of any published file.

    Args:
        warehouse: The warehouse.
        file: A published file, such as one in ``versions/``; None for the warehouse's own.
        out: A new or empty folder; None for the warehouse's own page, which is replaced.

    Returns:
        The page to open.

    Raises:
        UsageError: Nothing is published, the folder is not empty, or the page of another file is to replace
            the warehouse's.
        WarehouseHeldError: A refresh is running, and the warehouse's own page is to be replaced.
        HelpdeskError: The page cannot be written.
    """
    published = file or warehouse.published_file
    if not published.exists():
        raise UsageError(f"{published}: nothing is published there; run helpdesk refresh first")
    if out is None:
        if file is not None:
            raise UsageError("--file needs --out: the warehouse's own page is that of its published file")
        return _replaced(warehouse)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out}: is not empty; --out takes a new or empty folder")
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_site(published, out)
    except OSError as error:
        raise HelpdeskError(f"{out}: the page cannot be written: {error.strerror}") from error
    return out / "index.html"


def _replaced(warehouse: Warehouse) -> Path:
    prepare_warehouse(warehouse)
    with hold_warehouse(warehouse, run_id="report"), private_files() as mode:
        try:
            replace_report(warehouse, mode=mode)
        except OSError as error:
            raise HelpdeskError(
                f"{warehouse.report_dir}: the page cannot be written: {error.strerror}"
            ) from error
    return warehouse.report_dir / "index.html"
