"""The one job: land, check, build, check, publish."""

from dagster import AssetSelection, define_asset_job, in_process_executor

nightly_refresh = define_asset_job(
    "nightly_refresh",
    # One process, one writer: steps that fight for the DuckDB file would only fail each other.
    executor_def=in_process_executor,
    selection=AssetSelection.all() - AssetSelection.groups("extracts"),
    description="Lands new extracts, checks, builds, checks again, and publishes if none refuses.",
    # Only runs whose process died are tried again, from their beginning and with one "now": a refused run
    # would be refused again.
    tags={
        "dagster/max_retries": "2",
        "dagster/retry_on_asset_or_op_failure": "false",
        "dagster/retry_strategy": "ALL_STEPS",
    },
)
