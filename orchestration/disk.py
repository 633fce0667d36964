"""What a person is told when the disk is behind a failure: it is full, or can no longer be written."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from orchestration.errors import (
    HelpdeskError,
    RefreshInterruptedError,
    RefusedError,
    UsageError,
    WarehouseHeldError,
    first_line,
    is_out_of_room,
)
from orchestration.warehouse import Warehouse

# Less than any step of a refresh needs.
_NO_ROOM_BYTES = 256 * 1024
_LONGEST_QUOTE = 200


@contextmanager
def disk_trouble_told(warehouse: Warehouse) -> Iterator[None]:
    """Tell in one line of a full or failed disk, whichever step of a refresh it was that met it.

    dbt, DuckDB, SQLite and Dagster each say it in their own way, some of them in hundreds of lines.

    Args:
        warehouse: The warehouse.

    Raises:
        HelpdeskError: The disk is behind an error of the block; any other error goes on as it came.
    """
    try:
        yield
    except (WarehouseHeldError, RefreshInterruptedError):
        raise
    except Exception as error:
        told = _disk_trouble(warehouse.root, error)
        if told is None:
            raise
        raise told from error


def out_of_room(error: BaseException) -> HelpdeskError:
    """The error for people where ``is_out_of_room``.

    Args:
        error: What was met.
    """
    return HelpdeskError(f"no room left on the disk ({_quoted(error)}); free some and run it again")


def try_writing(folder: Path) -> None:
    """Write into a folder and leave nothing: permission bits do not tell of mounts, quotas and disks.

    Args:
        folder: The folder.

    Raises:
        OSError: Why nothing can be written.
    """
    with TemporaryFile(dir=folder, buffering=0) as probe:
        probe.write(b"writable")
        os.fsync(probe.fileno())


def _disk_trouble(folder: Path, error: Exception) -> HelpdeskError | None:
    if isinstance(error, UsageError | RefusedError):
        # What they tell is true on a full disk too, unless they tell of it.
        return out_of_room(error) if is_out_of_room(error) else None
    try:
        disk = os.statvfs(folder)
    except OSError as gone:
        return HelpdeskError(f"{folder}: cannot be read any more: {gone.strerror}; look at the disk")
    if _refused_to_write(folder) in (errno.EROFS, errno.EIO):
        return HelpdeskError(
            f"{folder}: can be read only since this began ({_quoted(error)}); what is published still"
            " stands; look at the disk, make it writable and run it again"
        )
    if is_out_of_room(error) or disk.f_bavail * disk.f_frsize < _NO_ROOM_BYTES:
        return out_of_room(error)
    return None


def _refused_to_write(folder: Path) -> int | None:
    """Why nothing can be written: a disk that Linux closed after an error may still call itself writable."""
    try:
        try_writing(folder)
    except OSError as refused:
        return refused.errno
    return None


def _quoted(error: BaseException) -> str:
    return first_line(error)[:_LONGEST_QUOTE]
