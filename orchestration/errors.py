"""Errors a person reads: each knows the exit status of the command that meets it."""

import re


class HelpdeskError(Exception):
    """An expected failure, told in one line."""

    exit_status = 1


class RefusedError(HelpdeskError):
    """A check refused publication; the earlier publication still stands."""

    exit_status = 1


class UsageError(HelpdeskError):
    """Wrong usage or configuration: a folder, an option, a key of helpdesk.toml."""

    exit_status = 2


class WarehouseHeldError(HelpdeskError):
    """Another refresh holds the warehouse."""

    exit_status = 3


class RefreshInterruptedError(HelpdeskError):
    """Somebody pressed Ctrl-C; 130 is what a shell says of it."""

    exit_status = 130


# As the kernel, DuckDB and SQLite say it.
_NO_ROOM = re.compile(
    r"No space left on device|Disk quota exceeded|File too large|database or disk is full|disk I/O error"
)


def is_out_of_room(error: BaseException | None) -> bool:
    """Whether a full disk or a quota is behind an error, however it was wrapped.

    Args:
        error: The error.
    """
    while error is not None:
        if _NO_ROOM.search(str(error)):
            return True
        error = error.__cause__ or error.__context__
    return False
