"""The folders of a warehouse, made ready before anything is written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.disk import try_writing
from orchestration.errors import UsageError
from orchestration.publishing.lock import current_holder
from orchestration.report.swap import remove_unfinished_reports
from orchestration.warehouse import SCRATCH_PREFIX, Warehouse

# A quote ends dbt's ATTACH early; the others end the path in the URL of Dagster's run history.
_UNUSABLE_CHARACTERS = "'?#"


@contextmanager
def private_files() -> Iterator[int]:
    """Write files that only their owner may read.

    Yields:
        The permission bits that files had before, which those have that are for everybody.
    """
    before = os.umask(0o077)
    try:
        yield 0o666 & ~before
    finally:
        os.umask(before)


def unpublished_file(warehouse: Warehouse) -> Path:
    """Where a publication lies until it is renamed: in the same folder, so that the rename is atomic."""
    return warehouse.root / f".{warehouse.published_file.name}.publishing"


def prepare_warehouse(warehouse: Warehouse) -> None:
    """Create the folders of a warehouse and clear what an interrupted publication left.

    Args:
        warehouse: The warehouse; its private folder is closed to everybody else.

    Raises:
        UsageError: A folder cannot be created, closed to others or written, or has a name that dbt or
            Dagster cannot use.
    """
    refuse_unusable_path(warehouse)
    _make_writable(warehouse.root, mode=0o777)
    _make_writable(warehouse.private_dir, mode=0o700)
    try:
        if warehouse.private_dir.stat().st_mode & 0o077:
            warehouse.private_dir.chmod(0o700)
        holder = current_holder(warehouse)
        # Another refresh may be publishing right now: what it is writing is no leftover.
        if holder is None or holder.pid == os.getpid():
            remove_leftovers(warehouse)
    except OSError as error:
        raise UsageError(f"{error.filename}: cannot be put in order: {error.strerror}") from error


def refuse_unusable_path(warehouse: Warehouse) -> None:
    """Refuse a folder whose path dbt or Dagster cannot use.

    Args:
        warehouse: The warehouse.

    Raises:
        UsageError: Says which character it is.
    """
    for character in _UNUSABLE_CHARACTERS:
        if character in str(warehouse.root.absolute()):
            raise UsageError(
                f"{warehouse.root}: the path of a warehouse cannot hold {character}; rename the folder"
            )


def unfinished_files(warehouse: Warehouse) -> tuple[Path, Path]:
    """Where an interrupted publication leaves its copy and that one's write-ahead log."""
    unfinished = unpublished_file(warehouse)
    return unfinished, unfinished.with_name(f"{unfinished.name}.wal")


def remove_leftovers(warehouse: Warehouse) -> None:
    """Remove what an interrupted publication left: the unfinished copy, its write-ahead log, its page.

    Args:
        warehouse: The warehouse, which no other refresh may hold.
    """
    for leftover in unfinished_files(warehouse):
        leftover.unlink(missing_ok=True)
    remove_unfinished_reports(warehouse)


def scratch_of(warehouse: Warehouse) -> list[Path]:
    """The folders that one refresh needs for a moment: those of now or, while none runs, of killed ones.

    Args:
        warehouse: The warehouse.
    """
    patterns = (f"{SCRATCH_PREFIX}*", "*.duckdb.tmp")
    return [folder for pattern in patterns for folder in sorted(warehouse.private_dir.glob(pattern))]


def _make_writable(folder: Path, *, mode: int) -> None:
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
        try_writing(folder)
    except FileExistsError as error:
        raise UsageError(f"{folder}: is a file; --warehouse takes a folder") from error
    except OSError as error:
        raise UsageError(
            f"{folder}: cannot be written: {error.strerror}; choose a folder you may write"
        ) from error
