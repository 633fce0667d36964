"""Errors a person reads: each knows the exit status of the command that meets it."""


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
