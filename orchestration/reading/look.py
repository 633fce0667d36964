"""A look at a warehouse that disturbs nobody who is writing it."""

import os
from dataclasses import dataclass
from pathlib import Path

from orchestration.errors import WarehouseHeldError
from orchestration.forgetting.known import Forgotten, forgotten
from orchestration.publishing.database import has_table, open_database
from orchestration.publishing.failing_rows import FailingRows, failing_rows
from orchestration.publishing.lock import Holder, current_holder
from orchestration.publishing.record import PublicationRecord
from orchestration.publishing.runs import Run, last_failure, last_run
from orchestration.publishing.versions import kept_versions
from orchestration.reading.problems import (
    FailingCheck,
    QuarantineGroup,
    failing_checks,
    quarantine_groups,
)
from orchestration.reading.publications import KeptVersion, looked_at, origin_of
from orchestration.warehouse import Warehouse


@dataclass(frozen=True)
class Status:
    """How a warehouse is.

    Attributes:
        published_file: The file readers open, whether or not it is there.
        publication: What it says of itself; None when nothing is published.
        file_count: Extract files it was made from; None when nothing is published.
        ticket_count: Tickets in it; None when it has no table of tickets.
        holder: The refresh that is running now.
        last_run: The newest run; None when there was none, or while one is running.
        quarantine: Quarantined records by stream and reason.
        failing_checks: Checks of the newest run that did not pass.
        failing_rows: Some of the rows that made them fail; they may hold personal data.
        last_failure: The newest run that was refused or failed.
        note: Why the private file could not be read.
        versions: Publications that can be put back, the newest first.
        forgotten: How many people are forgotten; None when nobody is, or the private file could not be read.
    """

    published_file: Path
    publication: PublicationRecord | None = None
    file_count: int | None = None
    ticket_count: int | None = None
    holder: Holder | None = None
    last_run: Run | None = None
    quarantine: tuple[QuarantineGroup, ...] = ()
    failing_checks: tuple[FailingCheck, ...] = ()
    failing_rows: tuple[FailingRows, ...] = ()
    last_failure: Run | None = None
    note: str | None = None
    versions: tuple[KeptVersion, ...] = ()
    forgotten: Forgotten | None = None


def warehouse_status(warehouse: Warehouse) -> Status:
    """Look at a warehouse; while a refresh runs, only at what is published.

    Args:
        warehouse: The warehouse; it need not exist.

    Raises:
        HelpdeskError: A file is there that is no readable database.
    """
    holder = current_holder(warehouse)
    run: Run | None = None
    failure: Run | None = None
    rows: tuple[FailingRows, ...] = ()
    people: Forgotten | None = None
    note: str | None = None
    if warehouse.private_dir.exists() and not os.access(warehouse.private_dir, os.R_OK | os.X_OK):
        # Whoever may read only what is published is told that; a lock of the private part is not seen either.
        note = f"{warehouse.private_dir} is for the user who refreshes alone"
    # A reader of the build file would keep a running refresh from writing it.
    is_private_readable = note is None and holder is None and warehouse.build_file.exists()
    if is_private_readable:
        try:
            with open_database(warehouse.build_file, read_only=True) as connection:
                run, failure = last_run(connection), last_failure(connection)
                rows, people = failing_rows(connection), forgotten(connection)
                problems = quarantine_groups(connection), failing_checks(connection)
        except WarehouseHeldError as error:
            note = str(error)
            is_private_readable = False
    origin = origin_of(warehouse.published_file) if warehouse.published_file.exists() else None
    publication = origin.record if origin else None
    ticket_count: int | None = None
    if publication is not None:
        with open_database(warehouse.published_file, read_only=True) as connection:
            if has_table(connection, "core", "fct_tickets"):
                counted = connection.execute("select count(*) from core.fct_tickets").fetchone()
                ticket_count = counted[0] if counted else None
            if not is_private_readable:
                problems = quarantine_groups(connection), failing_checks(connection)
    elif not is_private_readable:
        problems = (), ()
    return Status(
        published_file=warehouse.published_file,
        publication=publication,
        file_count=origin.file_count if origin else None,
        ticket_count=ticket_count,
        holder=holder,
        last_run=run,
        quarantine=problems[0],
        failing_checks=problems[1],
        failing_rows=rows,
        last_failure=failure,
        note=note,
        versions=tuple(looked_at(version) for version in kept_versions(warehouse, publication)),
        forgotten=people,
    )
