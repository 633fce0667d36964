"""The files of a warehouse, opened as ``helpdesk status`` does: nobody who writes is disturbed."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

import duckdb

from orchestration.doctor.case import Case
from orchestration.errors import HelpdeskError
from orchestration.publishing.database import open_database
from orchestration.publishing.lock import current_holder
from orchestration.reading.look import Status, warehouse_status

T = TypeVar("T")


@cache
def look_at(case: Case) -> Status:
    """What ``helpdesk status`` would tell; a damaged file is a ``HelpdeskError``."""
    return warehouse_status(case.warehouse)


def status_of(case: Case) -> Status | None:
    """The same; None where a file is damaged, as ``published`` tells."""
    try:
        return look_at(case)
    except HelpdeskError:
        return None


def build_file_says(case: Case, asked: Callable[[duckdb.DuckDBPyConnection], T]) -> T | None:
    """What the private file answers; None where there is none, or it cannot be opened just now.

    Args:
        case: The case.
        asked: Asks it.
    """
    if not case.warehouse.build_file.exists() or current_holder(case.warehouse) is not None:
        return None
    try:
        with open_database(case.warehouse.build_file, read_only=True) as connection:
            return asked(connection)
    except HelpdeskError:
        return None
