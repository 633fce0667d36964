"""The publication: checked once more, then put in place of the one before by a rename."""

from collections.abc import Iterable
from datetime import UTC, datetime

from dagster import AssetCheckResult, AssetKey, MaterializeResult, asset, multi_asset_check
from dagster_dbt import DbtCliResource

from orchestration.defs.checking import check_specs, recorded
from orchestration.defs.cluster import swap_publication
from orchestration.defs.dbt_process import dbt_folder
from orchestration.defs.models import MANIFEST
from orchestration.defs.resources import Refresh
from orchestration.dictionary.tables import documented_tables
from orchestration.errors import RefusedError
from orchestration.expectations.run import check_publication, publication_check_names
from orchestration.progress import progress
from orchestration.publishing.builds import landed_through
from orchestration.publishing.code_version import git_commit, has_local_changes
from orchestration.publishing.compare import refuse_other_tables
from orchestration.publishing.database import open_database
from orchestration.publishing.fingerprint import code_fingerprint, inputs_fingerprint, settings_fingerprint
from orchestration.publishing.publish import publish
from orchestration.publishing.record import PublicationRecord, tool_versions


def published_asset(table: str) -> AssetKey:
    """The asset of a published table: marts.kpi_values is marts/kpi_values."""
    return AssetKey(table.split("."))


def _published_models() -> list[AssetKey]:
    return [
        AssetKey([node["schema"], node["name"]])
        for node in MANIFEST["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in ("core", "marts")
    ]


def _is_last(table: str) -> bool:
    """Whether no model is built on a table.

    A blocking check on any other would make Dagster cut the one dbt build in pieces around it; one blocking
    check on a last table is enough to hold back the publication until all of them have run.
    """
    schema, name = table.split(".")
    key = next(k for k, node in MANIFEST["nodes"].items() if (node["schema"], node["name"]) == (schema, name))
    return not any(child.startswith("model.") for child in MANIFEST["child_map"][key])


@multi_asset_check(
    specs=check_specs(publication_check_names(), published_asset, _is_last), name="check_publication"
)
def publication_checks(refresh: Refresh) -> Iterable[AssetCheckResult]:
    """Grain, ranges, closed lists, plausibility and privacy of what is about to be published."""
    progress("checking what is to be published")
    results = check_publication(
        refresh.warehouse.publication_file,
        as_of=refresh.as_of,
        reporting_time_zone=refresh.settings.reporting.time_zone,
        results=refresh.warehouse.check_results,
        build=refresh.warehouse.build_file,
        allowed=refresh.settings.publication,
    )
    yield from recorded(refresh, results, published_asset)


@asset(
    key=AssetKey(["published", "helpdesk"]),
    deps=_published_models(),
    group_name="published",
    kinds={"duckdb"},
)
def publication(dbt: DbtCliResource, refresh: Refresh) -> MaterializeResult[None]:
    """The one file that readers open: helpdesk.duckdb."""
    warehouse = refresh.warehouse
    if refresh.compare:
        progress("comparing the rebuilt tables with the published ones")
        return _compared(refresh)
    progress(f"publishing {warehouse.published_file}")
    record = _record(refresh)

    def swap_on_cluster() -> None:
        if refresh.settings.spark:
            swap_publication(dbt, refresh, dbt_folder(warehouse))

    keep = refresh.settings.publication.keep
    tables = documented_tables(MANIFEST)
    publish(warehouse, record, mode=refresh.mode, keep=keep, tables=tables, just_before=swap_on_cluster)
    refresh.finish("published", None)
    return MaterializeResult(
        metadata={
            "file": str(warehouse.published_file),
            "as_of": record.as_of.isoformat(),
            "bytes": warehouse.published_file.stat().st_size,
        }
    )


def _record(refresh: Refresh) -> PublicationRecord:
    """What the publication says of itself: out of which records, code and settings it was made."""
    with open_database(refresh.warehouse.build_file, read_only=True) as connection:
        # Where the clock went back, records land later than the run began.
        known_at = max(refresh.known_at, landed_through(connection) or refresh.known_at)
    return PublicationRecord(
        run_id=refresh.run_id,
        as_of=refresh.as_of,
        published_at=datetime.now(UTC),
        versions=tool_versions(),
        git_commit=git_commit(),
        inputs_fingerprint=inputs_fingerprint(refresh.warehouse, refresh.settings),
        known_at=known_at,
        engine=refresh.settings.engine,
        code_fingerprint=code_fingerprint(),
        settings_fingerprint=settings_fingerprint(refresh.settings),
        has_local_changes=has_local_changes(),
    )


def _compared(refresh: Refresh) -> MaterializeResult[None]:
    try:
        refuse_other_tables(refresh.warehouse)
    except RefusedError as error:
        refresh.finish("refused", str(error))
        raise
    progress("a full rebuild gives what is published")
    refresh.finish("nothing new", "compared: a full rebuild gives what is published")
    return MaterializeResult(metadata={"compared": True})
