"""What a refresh clears away as it begins, so that the disk does not fill over the years."""

import shutil
from collections.abc import Callable
from pathlib import Path

from dagster import DagsterInstance

from orchestration.publishing.database import open_database
from orchestration.publishing.folders import scratch_of
from orchestration.publishing.record import read_publication
from orchestration.publishing.versions import kept_versions
from orchestration.retention import forget_old_meta, forget_old_runs, shrink_history
from orchestration.warehouse import Warehouse


def tidy_up(
    warehouse: Warehouse,
    instance: DagsterInstance | None,
    *,
    run_id: str,
    keep_runs: int,
    report: Callable[[str], None],
) -> None:
    """Clear what killed refreshes left and what is older than the history that is kept.

    No refresh fails because it could not tidy up: what is in the way is told, and tried again by the next.

    Args:
        warehouse: The warehouse, held by this refresh, whose run has begun.
        instance: Dagster's instance; None outside of one.
        run_id: The run of this refresh.
        keep_runs: How many runs stay in the history.
        report: Takes a line for what could not be cleared.
    """
    try:
        clear_scratch(warehouse)
        with open_database(warehouse.build_file, read_only=False) as connection:
            forget_old_meta(connection, keep=keep_runs)
        if instance is not None:
            forget_old_runs(instance, keep=keep_runs, never={run_id, *_published_runs(warehouse)})
            for note in shrink_history(Path(instance.root_directory)):
                report(f"  note: {note}")
    except Exception as error:
        # Whatever it is, figures of today are worth more than a tidy history.
        first_line = (str(error).splitlines() or [""])[0]
        report(f"  note: old runs are not cleared away: {type(error).__name__}: {first_line}")


def clear_scratch(warehouse: Warehouse) -> None:
    """Remove the folders in which a killed refresh unpacked extracts or wrote what memory could not hold.

    Args:
        warehouse: The warehouse, held by this process, whose build file nobody else has open.
    """
    for folder in scratch_of(warehouse):
        shutil.rmtree(folder)


def _published_runs(warehouse: Warehouse) -> set[str]:
    """The runs of every publication on disk: what they did is asked for as long as it can be put back."""
    published = read_publication(warehouse)
    kept = {version.run_id for version in kept_versions(warehouse, published)}
    return kept | {published.run_id} if published else kept
