"""The page of a publication written where nobody sees it yet, whole before it gets its name."""

import sys
from pathlib import Path

from orchestration.errors import first_line, is_out_of_room
from orchestration.publishing.syncing import flush_all_to_disk
from orchestration.report.site import write_notice, write_site
from orchestration.report.swap import (
    open_to_readers,
    put_report,
    remove_unfinished_reports,
    take_report_away,
    unpublished_report,
)
from orchestration.warehouse import Warehouse


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
    except Exception as error:
        if isinstance(error, OSError) or is_out_of_room(error):
            raise
        reason = first_line(error)
        sys.stderr.write(f"helpdesk: warning: the report page could not be written: {reason}\n")
        write_notice(folder, reason)
    _finish(folder, mode)


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


def replace_report(warehouse: Warehouse, *, mode: int | None) -> None:
    """Write the page of what is published anew; where that cannot be, the one before stays.

    Args:
        warehouse: The warehouse, held by this process.
        mode: Permission bits of the page's files; None leaves them to the umask.

    Raises:
        OSError: There is no room, or the folder cannot be written.
    """
    remove_unfinished_reports(warehouse)
    folder = unpublished_report(warehouse)
    folder.mkdir()
    write_site(warehouse.published_file, folder)
    _finish(folder, mode)
    take_report_away(warehouse)
    put_report(warehouse)


def _finish(folder: Path, mode: int | None) -> None:
    open_to_readers(folder, mode)
    # Or a loss of power might leave the name of a page and half of what is in it.
    flush_all_to_disk(folder)
