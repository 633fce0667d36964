"""What the ledger knows of each landing: its name in the lake, its tables and their records."""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from orchestration.errors import HelpdeskError
from orchestration.lake.lake import LANDING_PREFIX, Lake
from orchestration.publishing.database import has_table

# What a run refused has not landed, and is forgotten by the next run.
_TABLES_OF_LANDINGS = """
    with loads as (from meta.loads where status in ('landed', 'duplicate'))
    select loaded_at, 'raw_' || source_system || '.' || stream as name, sum(rows_landed)
    from loads where rows_landed > 0 group by all
    union all
    select loaded_at, 'meta.loads', count(*) from loads group by all
    union all
    select loaded_at, 'meta.quarantine', count(*)
    from loads join meta.quarantine using (load_id) group by all
    order by 1, 2
"""


@dataclass(frozen=True)
class Landing:
    """The loads of one run.

    Attributes:
        name: Its folder in the lake, such as ``landing=20170219T000000Z``.
        loaded_at: Time of the run, UTC without a zone.
        uri: Its folder, as Spark writes it.
        tables: Records of each table that has some: ``raw_generic.tickets``, ``meta.loads``, …
    """

    name: str
    loaded_at: datetime
    uri: str
    tables: dict[str, int]

    @property
    def streams(self) -> list[str]:
        """Names of the raw tables of which it holds records."""
        return [table for table in self.tables if not table.startswith("meta.")]

    @property
    def records(self) -> int:
        """How many records of streams it holds."""
        return sum(self.tables[stream] for stream in self.streams)


def table_file(table: str) -> str:
    """The path of a table's Parquet file in the folder of a landing or a run.

    Args:
        table: Its name with its schema, such as ``raw_generic.tickets``.
    """
    return f"{table.replace('.', '/')}/records.parquet"


def known_landings(connection: duckdb.DuckDBPyConnection, lake: Lake) -> list[Landing]:
    """Every landing that the ledger knows, oldest first.

    Args:
        connection: The build file.
        lake: The lake in which they lie, or are to lie.
    """
    if not has_table(connection, "meta", "loads"):
        return []
    landings: dict[datetime, Landing] = {}
    for loaded_at, table, count in connection.execute(_TABLES_OF_LANDINGS).fetchall():
        name = f"{LANDING_PREFIX}{loaded_at:%Y%m%dT%H%M%SZ}"
        landing = landings.setdefault(loaded_at, Landing(name, loaded_at, f"{lake.uri}/{name}", {}))
        landing.tables[table] = int(count)
    return list(landings.values())


def refuse_foreign_landings(lake: Lake, landings: list[Landing]) -> None:
    """Refuse a lake that holds what this warehouse has never landed.

    Args:
        lake: The lake.
        landings: Every landing that the ledger knows.

    Raises:
        HelpdeskError: Names the landings that the ledger does not know.
    """
    foreign = sorted(lake.landings() - {landing.name for landing in landings})
    if foreign:
        raise HelpdeskError(
            f"{lake.uri}: holds {', '.join(foreign)}, which this warehouse has not landed: is it another"
            " warehouse's lake? Name a place of this warehouse's own, or remove these folders"
        )
