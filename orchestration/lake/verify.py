"""Checking that a lake holds what the ledger says, by the footers of its files alone."""

from concurrent.futures import ThreadPoolExecutor

import duckdb

from orchestration.errors import HelpdeskError
from orchestration.lake.lake import Lake
from orchestration.lake.landings import Landing, known_landings, refuse_foreign_landings, table_file
from orchestration.lake.location import FILE_SYSTEM_ERRORS, reason

# An object store answers many small requests at once much sooner than one after the other.
_FILES_AT_ONCE = 16


def verify_landings(connection: duckdb.DuckDBPyConnection, lake: Lake) -> list[Landing]:
    """Check that the lake holds every landing of the ledger whole, and no other.

    Args:
        connection: The build file.
        lake: The lake, into which the landings were shipped.

    Returns:
        The landings, oldest first, with the tables they hold.

    Raises:
        HelpdeskError: One line per file that is missing or not whole, or the landings of another warehouse.
    """
    landings = known_landings(connection, lake)
    refuse_foreign_landings(lake, landings)
    present = lake.landings()
    problems = [
        f"{landing.uri}: is missing: the next refresh writes it"
        for landing in landings
        if landing.name not in present
    ]
    tables = [(landing, table) for landing in landings if landing.name in present for table in landing.tables]
    with ThreadPoolExecutor(_FILES_AT_ONCE) as pool:
        found = pool.map(lambda pair: _problem(lake, *pair), tables)
        for (landing, table), problem in zip(tables, found, strict=True):
            if problem:
                problems.append(
                    f"{landing.uri}/{table_file(table)}: {problem}: remove the folder {landing.name};"
                    " the next refresh writes it again"
                )
    if problems:
        raise HelpdeskError("\n".join(problems))
    return landings


def _problem(lake: Lake, landing: Landing, table: str) -> str | None:
    expected = landing.tables[table]
    try:
        rows = lake.rows(f"{landing.name}/{table_file(table)}")
    except FileNotFoundError:
        return "is missing"
    except ValueError:
        return "is not a whole Parquet file"
    except FILE_SYSTEM_ERRORS as error:
        return f"cannot be read ({reason(error)})"
    return None if rows == expected else f"holds {rows:,} of {expected:,} records"
