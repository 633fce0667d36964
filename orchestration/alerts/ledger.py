"""Which alerts were told: a file each, so that two processes that see the same failure tell it once."""

import hashlib
import os
import time
from pathlib import Path

from orchestration.warehouse import Warehouse

_KEPT_SECONDS = 90 * 86_400


def claim(warehouse: Warehouse, key: str) -> bool:
    """Take it upon this process to tell something.

    Args:
        warehouse: The warehouse.
        key: What is to be told.

    Returns:
        False when somebody has taken it before.

    Raises:
        OSError: It cannot be noted.
    """
    note = _file(warehouse, key)
    if not note.parent.is_dir():
        note.parent.mkdir(mode=0o700, exist_ok=True)
    _forget_old(note.parent)
    try:
        # Exclusive creation is one step of the kernel: of two processes one succeeds.
        os.close(os.open(note, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    return True


def release(warehouse: Warehouse, key: str) -> None:
    """Give back what was claimed and could not be told, for a later try.

    Args:
        warehouse: The warehouse.
        key: What was to be told.
    """
    try:
        _file(warehouse, key).unlink(missing_ok=True)
    except OSError:
        return


def _file(warehouse: Warehouse, key: str) -> Path:
    return warehouse.private_dir / "alerts" / hashlib.sha256(key.encode()).hexdigest()[:32]


def _forget_old(folder: Path) -> None:
    for note in folder.iterdir():
        if note.stat().st_mtime < time.time() - _KEPT_SECONDS:
            note.unlink(missing_ok=True)
