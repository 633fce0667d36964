"""A publication that a cluster built: fetched to be checked, and shown to the cluster's readers by a swap."""

from pathlib import Path

import duckdb

from orchestration.lake.lake import Lake
from orchestration.lake.tables import emptied, whole_tables
from orchestration.landing.statements import compose, identifier, table_name
from orchestration.publishing.database import open_database

PUBLICATIONS = "publications"


def publication_folder(run_id: str) -> str:
    """The folder of a publication in the lake.

    Args:
        run_id: The run that built it.
    """
    return f"{PUBLICATIONS}/{run_id}"


def fetch_publication(lake: Lake, run_id: str, file: Path) -> int:
    """Bring core and marts, as the cluster wrote them, into a file such as DuckDB would have built.

    Args:
        lake: The lake.
        run_id: The run that built them.
        file: The file; must not exist.

    Returns:
        How many tables it holds.

    Raises:
        HelpdeskError: The lake cannot be read.
    """
    count = 0
    with duckdb.connect(":memory:") as connection:
        connection.execute("attach ? as publication (storage_version 'v1.5.0')", [str(file)])
        for schema in ("core", "marts"):
            connection.execute(compose("create schema publication.{schema}", schema=identifier(schema)))
            for table in lake.folders(f"{publication_folder(run_id)}/{schema}"):
                records = lake.dataset(f"{publication_folder(run_id)}/{schema}/{table}")
                connection.register("records", records)
                connection.execute(
                    compose(
                        "create table publication.{table} as from records",
                        table=table_name(f"{schema}.{table}"),
                    )
                )
                connection.unregister("records")
                count += 1
        connection.execute("checkpoint publication")
    return count


def ship_meta(lake: Lake, run_id: str, file: Path, *, scratch: Path) -> list[str]:
    """Write schema meta of a finished publication beside core and marts in the lake.

    Args:
        lake: The lake.
        run_id: The run that built the publication.
        file: The finished publication.
        scratch: A private folder for temporary files; it is gone afterwards.

    Returns:
        Every table of the publication, such as ``core.fct_tickets``.

    Raises:
        HelpdeskError: The lake cannot be written.
    """
    with open_database(file, read_only=True) as connection, emptied(scratch):
        tables = connection.execute(
            "select table_schema, table_name from information_schema.tables"
            " where table_schema in ('core', 'marts', 'meta') order by all"
        ).fetchall()
        meta = [f"{schema}.{table}" for schema, table in tables if schema == "meta"]
        files = whole_tables(connection, meta, scratch)
        inside = ((path.removeprefix("meta/"), file) for path, file in files)
        lake.write(f"{publication_folder(run_id)}/meta", inside, mark=False)
    return [f"{schema}.{table}" for schema, table in tables]


def forget_publications(lake: Lake, keep: list[str]) -> None:
    """Remove the files of publications that nobody is shown any more.

    Args:
        lake: The lake.
        keep: Runs whose publications stay.

    Raises:
        HelpdeskError: A folder cannot be removed.
    """
    for run_id in lake.folders(PUBLICATIONS):
        if run_id not in keep:
            lake.remove(publication_folder(run_id))
