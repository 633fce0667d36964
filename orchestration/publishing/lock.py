"""The refresh lock: one refresh may write a warehouse, a second one is told who holds it."""

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from orchestration.errors import UsageError, WarehouseHeldError
from orchestration.warehouse import Warehouse

_LONGEST_HOLDER_BYTES = 4096


@dataclass(frozen=True)
class Holder:
    """Who holds a warehouse; ``since`` is ISO 8601 in UTC."""

    run_id: str
    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        place = "" if self.host == socket.gethostname() else f" on {self.host}"
        return f"run {self.run_id} (pid {self.pid}{place}) since {self.since}"


@contextmanager
def hold_warehouse(warehouse: Warehouse, *, run_id: str) -> Iterator[None]:
    """Hold the warehouse for one refresh; the kernel lets go of it when the process ends, however it ends.

    Args:
        warehouse: A warehouse whose folders exist (see ``prepare_warehouse``).
        run_id: Id of the refresh, shown to whoever is refused.

    Raises:
        WarehouseHeldError: Another refresh holds it; says which, by whom and since when.
        UsageError: The lock file cannot be opened.
    """
    # Python opens files with O_CLOEXEC: a dbt process that outlives this one does not keep the lock.
    try:
        descriptor = os.open(warehouse.lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise UsageError(f"{warehouse.lock_file}: cannot open the lock file: {error.strerror}") from error
    try:
        if not _locked(descriptor, fcntl.LOCK_EX, attempts=3):
            holder = _read_holder(descriptor) or "another refresh"
            raise WarehouseHeldError(f"warehouse is held by {holder}; wait until it has ended")
        since = datetime.now(UTC).isoformat(timespec="seconds")
        _write(descriptor, json.dumps(asdict(Holder(run_id, os.getpid(), socket.gethostname(), since))))
        try:
            yield
        finally:
            _write(descriptor, "")
    finally:
        os.close(descriptor)


def current_holder(warehouse: Warehouse) -> Holder | None:
    """The refresh that holds the warehouse now, or None; never waits and never disturbs a holder."""
    try:
        descriptor = os.open(warehouse.lock_file, os.O_RDONLY)
    except OSError:
        return None
    try:
        holder = _read_holder(descriptor)
        # Only a holder that was killed leaves its name behind without the lock.
        if holder is None or _locked(descriptor, fcntl.LOCK_SH, attempts=1):
            return None
        return holder
    finally:
        os.close(descriptor)


def _locked(descriptor: int, mode: int, *, attempts: int) -> bool:
    """Try for a lock; some attempts more outlast a ``current_holder`` looking at the same moment."""
    for attempt in range(attempts):
        try:
            fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            if attempt + 1 < attempts:
                time.sleep(0.05)
        else:
            return True
    return False


def _read_holder(descriptor: int) -> Holder | None:
    try:
        return Holder(**json.loads(os.pread(descriptor, _LONGEST_HOLDER_BYTES, 0)))
    except (ValueError, TypeError):
        return None


def _write(descriptor: int, text: str) -> None:
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, text.encode(), 0)
    os.fsync(descriptor)
