"""The page beside the published file: never that of another publication than the file's."""

import os
import shutil
import sys
from pathlib import Path

from orchestration.errors import is_out_of_room
from orchestration.publishing.syncing import flush_all_to_disk
from orchestration.report.site import write_notice, write_site
from orchestration.warehouse import Warehouse


def unpublished_report(warehouse: Warehouse) -> Path:
    """Where a page lies until its publication is put in place."""
    return _beside(warehouse, "publishing")


def prepare_report(warehouse: Warehouse, publication: Path, *, mode: int | None) -> None:
    """Write the page of a publication where nobody sees it yet.

    A page that cannot be written holds no figures back: a page that says so stands for it.

    Args:
        warehouse: The warehouse, held by this process.
        publication: The finished publication.
        mode: Permission bits of the page's files, as of the published file; None leaves them to the umask.

    Raises:
        OSError: There is no room, or the folder cannot be written.
    """
    folder = unpublished_report(warehouse)
    folder.mkdir()
    try:
        write_site(publication, folder)
    except OSError:
        raise
    except Exception as error:
        if is_out_of_room(error):
            raise
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        sys.stderr.write(f"helpdesk: warning: the report page could not be written: {reason}\n")
        write_notice(folder, reason)
    open_to_readers(folder, mode)
    # Or a loss of power might leave the name of a page and half of what is in it.
    flush_all_to_disk(folder)


def take_report_away(warehouse: Warehouse) -> None:
    """Take the page of the publication that is about to be replaced out of sight."""
    if warehouse.report_dir.exists():
        warehouse.report_dir.replace(_beside(warehouse, "replaced"))


def put_report(warehouse: Warehouse) -> None:
    """Put the prepared page in place, and delete the one before."""
    unpublished_report(warehouse).replace(warehouse.report_dir)
    shutil.rmtree(_beside(warehouse, "replaced"), ignore_errors=True)


def mend_report(warehouse: Warehouse, *, mode: int | None) -> None:
    """Write the page of what is published where a kill between two renames has left none.

    Args:
        warehouse: The warehouse, held by this process.
        mode: Permission bits of the page's files; None leaves them to the umask.

    Raises:
        OSError: There is no room, or the folder cannot be written.
    """
    if warehouse.published_file.exists() and not warehouse.report_dir.exists():
        remove_unfinished_reports(warehouse)
        prepare_report(warehouse, warehouse.published_file, mode=mode)
        put_report(warehouse)


def remove_unfinished_reports(warehouse: Warehouse) -> None:
    """Remove what an interrupted publication left of its page and of the one before."""
    for name in ("publishing", "replaced"):
        folder = _beside(warehouse, name)
        if folder.exists():
            shutil.rmtree(folder)


def open_to_readers(folder: Path, mode: int | None) -> None:
    """Give a page the permission bits of the published file; folders can be entered by who may read.

    Args:
        folder: The page.
        mode: Permission bits of files; None leaves them as they are.
    """
    if mode is None:
        return
    for path, _, files in os.walk(folder):
        Path(path).chmod(mode | (mode & 0o444) >> 2)
        for name in files:
            (Path(path) / name).chmod(mode)


def _beside(warehouse: Warehouse, name: str) -> Path:
    return warehouse.root / f".{warehouse.report_dir.name}.{name}"
