"""What a run builds from: extracts that land or, for a past day, the records that were known then."""

from pathlib import Path

import duckdb

from orchestration.defs.resources import Refresh
from orchestration.landing.land import LandingResult, land
from orchestration.landing.past import take_known_records
from orchestration.progress import progress
from orchestration.publishing.lock import hold_warehouse


def arrived(connection: duckdb.DuckDBPyConnection, refresh: Refresh) -> LandingResult:
    """Bring the records of a run into its build file.

    Args:
        connection: The build file, open for writing.
        refresh: The run.

    Returns:
        The loads; of a past day all that had landed by then.

    Raises:
        RefusedError: An extract is refused; nothing has landed.
        WarehouseHeldError: A refresh is writing the warehouse whose past it is.
    """
    if refresh.source is None:
        progress(f"landing {refresh.extracts}")
        return land(
            connection,
            Path(refresh.extracts),
            refresh.settings,
            loaded_at=refresh.started_at,
            report=lambda line: progress(f"  {line}"),
        )
    progress(f"taking what {refresh.source.root} knew at {refresh.known_at:%Y-%m-%d %H:%M:%S} UTC")
    with hold_warehouse(refresh.source, run_id=f"backfill {refresh.run_id}"):
        loads = take_known_records(
            connection, refresh.source.build_file, refresh.settings, known_at=refresh.known_at
        )
    progress(f"  {sum(load.rows_landed for load in loads):,} records of {len(loads):,} files")
    return LandingResult(loads)
