"""Shipping: every landing that the lake does not hold yet becomes a folder in it."""

from collections.abc import Callable
from pathlib import Path

import duckdb

from orchestration.lake.lake import Lake
from orchestration.lake.landings import known_landings, refuse_foreign_landings
from orchestration.lake.tables import emptied, landing_files


def ship_landings(
    connection: duckdb.DuckDBPyConnection, lake: Lake, *, scratch: Path, report: Callable[[str], None]
) -> list[str]:
    """Write every landing of the ledger that the lake does not hold, oldest first.

    Args:
        connection: The build file of a warehouse that this process holds.
        lake: The lake.
        scratch: A private folder of nobody else for temporary files; it is gone afterwards.
        report: Takes one line of progress per landing.

    Returns:
        Names of the landings that were written.

    Raises:
        HelpdeskError: The lake holds another warehouse's landings, or cannot be read or written; landings
            that were written before stay.
    """
    landings = known_landings(connection, lake)
    refuse_foreign_landings(lake, landings)
    lake.remove_unfinished()
    present = lake.landings()
    shipped = []
    for landing in landings:
        if landing.name not in present:
            with emptied(scratch):
                lake.write(landing.name, landing_files(connection, landing, scratch), mark=True)
            report(f"{landing.name}: {landing.records:,} records shipped")
            shipped.append(landing.name)
    return shipped
