"""Errors a person reads: each knows the exit status of the command that meets it."""

import re
from collections.abc import Iterator


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


def first_line(error: BaseException) -> str:
    """The first line of what an error says; its type where it says nothing.

    Args:
        error: The error.
    """
    return (str(error).splitlines() or [type(error).__name__])[0]


# As the kernel, DuckDB and SQLite say it.
_NO_ROOM = re.compile(
    r"No space left on device|Disk quota exceeded|File too large|database or disk is full|disk I/O error"
)


def behind(error: BaseException | None) -> Iterator[BaseException]:
    """An error and all that is behind it, causes first, each once.

    What Dagster and DuckDB raise while they clean up may name an earlier error as its cause and be named by
    it: whoever just follows causes goes round for ever.

    Args:
        error: The error.
    """
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        found = waiting.pop()
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        waiting += [found.__context__, found.__cause__]


def is_out_of_room(error: BaseException | None) -> bool:
    """Whether a full disk or a quota is behind an error, however it was wrapped.

    Args:
        error: The error.
    """
    return any(_NO_ROOM.search(str(found)) for found in behind(error))
