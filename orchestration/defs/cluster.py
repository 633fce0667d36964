"""A run that builds on a Spark cluster: what happens there before, between and after the models."""

from pathlib import Path

from dagster_dbt import DbtCliResource

from orchestration.defs.dbt_operations import run_operation
from orchestration.defs.resources import Refresh
from orchestration.lake.lake import Lake
from orchestration.lake.run_facts import ship_run
from orchestration.lake.ship import ship_landings
from orchestration.lake.verify import verify_landings
from orchestration.progress import progress
from orchestration.publishing.database import open_database
from orchestration.publishing.record import read_publication
from orchestration.settings import Spark
from orchestration.spark.publication import (
    fetch_publication,
    forget_publications,
    publication_folder,
    ship_meta,
)


def prepare_cluster(dbt: DbtCliResource, refresh: Refresh, folder: Path) -> None:
    """Ship to the lake what has landed, and make the raw tables of the cluster over it.

    Args:
        dbt: The dbt command.
        refresh: The run, whose extracts have landed.
        folder: dbt's folder.
    """
    spark, lake = _cluster(refresh)
    scratch = refresh.warehouse.private_dir / "lake"
    progress(f"shipping to {lake.uri}")
    with open_database(refresh.warehouse.build_file, read_only=True) as connection:
        ship_landings(connection, lake, scratch=scratch, report=lambda line: progress(f"  {line}"))
        verify_landings(connection, lake)
        run = ship_run(connection, lake, refresh.run_id, scratch=scratch)
    progress("making the cluster's raw tables")
    run_operation(dbt, spark, "create_raw_tables", {"lake": lake.uri, "run": run}, folder)


def collect_publication(dbt: DbtCliResource, refresh: Refresh, folder: Path) -> None:
    """Have the cluster write core and marts into the lake, and fetch them to be checked and published.

    Args:
        dbt: The dbt command.
        refresh: The run, which has built the models.
        folder: dbt's folder.
    """
    spark, lake = _cluster(refresh)
    progress("writing core and marts to the lake")
    place = f"{lake.uri}/{publication_folder(refresh.run_id)}"
    run_operation(dbt, spark, "write_publication", {"folder": place}, folder)
    count = fetch_publication(lake, refresh.run_id, refresh.warehouse.publication_file)
    progress(f"  {count} tables fetched")


def swap_publication(dbt: DbtCliResource, refresh: Refresh, folder: Path) -> None:
    """Show the cluster's readers the publication, in one step; the one before stays for who still reads it.

    Args:
        dbt: The dbt command.
        refresh: The run, whose publication is checked and complete.
        folder: dbt's folder.
    """
    spark, lake = _cluster(refresh)
    scratch = refresh.warehouse.private_dir / "lake"
    progress("swapping the cluster's publication")
    tables = ship_meta(lake, refresh.run_id, refresh.warehouse.publication_file, scratch=scratch)
    shown = read_publication(refresh.warehouse)
    earlier = [shown.run_id] if shown else []
    run_operation(
        dbt,
        spark,
        "swap_publication",
        {"lake": lake.uri, "publication": refresh.run_id, "tables": tables, "keep": earlier},
        folder,
    )
    forget_publications(lake, [refresh.run_id, *earlier])


def _cluster(refresh: Refresh) -> tuple[Spark, Lake]:
    if refresh.settings.spark is None:
        raise ValueError("this run builds in DuckDB")
    return refresh.settings.spark, Lake.open(refresh.settings.spark.lake)
