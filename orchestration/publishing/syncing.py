"""What must survive a loss of power: written through to the disk, not only to the system's memory."""

import os
from pathlib import Path


def flush_to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk.

    Args:
        path: The file or folder.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_all_to_disk(folder: Path) -> None:
    """Wait until everything below a folder is on the disk.

    Args:
        folder: The folder, itself included.
    """
    for path in (*folder.rglob("*"), folder):
        flush_to_disk(path)
