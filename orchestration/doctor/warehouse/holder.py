"""Does somebody hold the warehouse, and does the lock work where it lies?"""

import os
import socket
from collections.abc import Iterator

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, note, ok, wrong
from orchestration.publishing.lock import current_holder


def findings(case: Case) -> Iterator[Finding]:
    """The refresh that runs now."""
    try:
        holder = current_holder(case.warehouse)
    except OSError as error:
        yield wrong(
            f"{case.warehouse.lock_file}: files cannot be locked there: {error.strerror}",
            "keep the warehouse on a local disk: two refreshes at once would spoil it",
        )
        return
    if holder is None:
        yield ok("no refresh is running")
    elif holder.host == socket.gethostname() and not _lives(holder.pid):
        yield wrong(
            f"the warehouse is held in the name of {holder}, whose process is gone",
            f"find who has {case.warehouse.lock_file} open (fuser -v), and end that",
        )
    else:
        yield note(f"a refresh is running: {holder}", "a second one is refused (exit 3) until it has ended")


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
