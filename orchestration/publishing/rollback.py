"""Putting an earlier publication back."""

from orchestration.errors import HelpdeskError, UsageError
from orchestration.forgetting.known import last_forgotten_at
from orchestration.publishing.folders import private_files
from orchestration.publishing.lock import hold_warehouse
from orchestration.publishing.publish import replace_published_file
from orchestration.publishing.record import PublicationRecord, read_publication, read_record
from orchestration.publishing.versions import version_to_put_back
from orchestration.warehouse import Warehouse


def roll_back(warehouse: Warehouse, run: str | None) -> tuple[PublicationRecord, PublicationRecord]:
    """Put an earlier publication back; what it replaces is kept, and a rollback to it goes forward again.

    Args:
        warehouse: The warehouse.
        run: The run that published it, or the first characters of its id; None for the one before.

    Returns:
        What is published now, and what was before.

    Raises:
        UsageError: Nothing is published, no such publication is kept, or it holds who is forgotten.
        WarehouseHeldError: A refresh is running.
        HelpdeskError: The kept file is damaged or cannot be put back; what was published still is.
    """
    version_to_put_back(warehouse, run)
    with hold_warehouse(warehouse, run_id="rollback"), private_files() as mode:
        # Looked for again: a refresh may have published until the warehouse was held.
        version = version_to_put_back(warehouse, run)
        since = last_forgotten_at(warehouse.build_file)
        if since is not None and version.published_at < since:
            raise UsageError(
                f"run {version.run_id} was published before somebody was forgotten:"
                " run helpdesk forget again, which removes it"
            )
        before = read_publication(warehouse)
        # A damaged version is told by its own name.
        read_record(version.file)
        replace_published_file(warehouse, version.file, run_id=version.run_id, mode=mode)
        now = read_publication(warehouse)
    if before is None or now is None:
        raise HelpdeskError(f"{warehouse.published_file}: was taken away while it was replaced")
    return now, before
