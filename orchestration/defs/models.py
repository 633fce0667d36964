"""The dbt models as assets, their data tests as asset checks."""

from collections.abc import Iterator, Mapping
from typing import Any

from dagster import AssetExecutionContext
from dagster_dbt import DagsterDbtTranslator, DbtCliInvocation, DbtCliResource, dbt_assets

from orchestration.dbt import data_test_results, dbt_project, failed_nodes, failed_queries, load_manifest
from orchestration.defs.builds import goes_on_from_a_build, note_build
from orchestration.defs.checking import keep, refusal
from orchestration.defs.cluster import collect_publication, prepare_cluster
from orchestration.defs.dbt_process import (
    close_to_others,
    forget_publication,
    fresh_dbt_folder,
    hand_over_project,
    keep_queries,
    own_words,
)
from orchestration.defs.resources import Refresh
from orchestration.errors import HelpdeskError, RefusedError
from orchestration.expectations.breaking_rows import with_examples, with_rows
from orchestration.expectations.results import CheckResult
from orchestration.progress import progress
from orchestration.publishing.database import open_database
from orchestration.spark.connection import lost_connection

MANIFEST = load_manifest()


class ByLayer(DagsterDbtTranslator):
    """Groups the models by layer, as their folders do."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The folder of the model below models/: staging, intermediate, core or marts; seeds are lookups."""
        is_model = dbt_resource_props["resource_type"] == "model"
        return str(dbt_resource_props["fqn"][1]) if is_model else "lookups"


@dbt_assets(manifest=MANIFEST, name="build_models", project=dbt_project(), dagster_dbt_translator=ByLayer())
def models(context: AssetExecutionContext, dbt: DbtCliResource, refresh: Refresh) -> Iterator[Any]:
    """Build and test every model; dbt runs as a process of its own, which frees its hold on the files."""
    folder = fresh_dbt_folder(refresh.warehouse)
    forget_publication(refresh.warehouse)
    if refresh.settings.spark:
        prepare_cluster(dbt, refresh, folder)
    else:
        hand_over_project()
    is_incremental = goes_on_from_a_build(refresh)
    progress("building models" + (", on from the last build" if is_incremental else ""))
    arguments = ["build", "--target", refresh.settings.engine]
    # Neither builds anything.
    arguments += ["--exclude-resource-type", "unit_test", "--exclude-resource-type", "exposure"]
    invocation = dbt.cli(
        arguments if is_incremental else [*arguments, "--full-refresh"],
        context=context,
        raise_on_error=False,
        target_path=folder,
    )
    close_to_others(folder)
    yield from invocation.stream()
    _note_outcome(refresh, invocation)
    note_build(refresh)
    if refresh.settings.spark:
        collect_publication(dbt, refresh, folder)


def _with_rows(refresh: Refresh, results: list[CheckResult], queries: Mapping[str, str]) -> list[CheckResult]:
    """Ask the database once more for rows that tests found; those that a cluster tested are not at hand."""
    if refresh.settings.spark or all(result.status != "failed" for result in results):
        return results
    wanted = {(result.asset, result.check): queries.get(result.check, "") for result in results}
    with open_database(refresh.warehouse.build_file, read_only=True) as connection:
        if refresh.warehouse.publication_file.exists():
            attach = "attach ? as publication (read_only)"
            connection.execute(attach, [str(refresh.warehouse.publication_file)])
        return with_examples(with_rows(connection, results, wanted))


def _note_outcome(refresh: Refresh, invocation: DbtCliInvocation) -> None:
    run_results = invocation.target_path / "run_results.json"
    queries = failed_queries(run_results)
    results = _with_rows(refresh, list(data_test_results(run_results, MANIFEST)), dict(queries))
    keep(refresh, results)
    keep_queries(invocation.target_path, queries)
    place = f"; see {invocation.target_path / 'failed'} and {invocation.target_path / 'dbt.log'}"
    failures = [f"{line}{place}" for line in failed_nodes(run_results)]
    if not failures and not invocation.is_successful() and not any(r.is_blocking for r in results):
        said = own_words(invocation) or f"ended with status {invocation.process.returncode}"
        failures = [f"dbt: {said}; see {invocation.target_path / 'dbt.log'}"]
    spark = refresh.settings.spark
    lost = lost_connection(spark) if failures and spark else None
    if lost:
        failures = [f"{lost}; see {invocation.target_path / 'dbt.log'}"]
    if failures:
        refresh.finish("failed", "\n".join(failures))
        raise HelpdeskError("\n".join(failures))
    if any(result.is_blocking for result in results):
        refused = "\n".join(f"{line}{place}" for line in refusal(results).splitlines())
        refresh.finish("refused", refused)
        raise RefusedError(refused)
