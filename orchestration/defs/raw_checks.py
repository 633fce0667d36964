"""Great Expectations on raw data, before any model is built on it."""

from collections.abc import Iterable

from dagster import AssetCheckResult, AssetKey, multi_asset_check

from orchestration.defs.checking import check_specs, recorded
from orchestration.defs.resources import Refresh
from orchestration.expectations.run import check_raw, raw_check_names
from orchestration.progress import progress


def raw_asset(table: str) -> AssetKey:
    """The asset of a raw table: raw_generic.tickets is generic/tickets."""
    schema, name = table.split(".")
    return AssetKey([schema.removeprefix("raw_"), name])


@multi_asset_check(specs=check_specs(raw_check_names(), raw_asset), name="check_raw")
def raw_checks(refresh: Refresh) -> Iterable[AssetCheckResult]:
    """Shape, keys, ranges, volume against the load before, freshness."""
    progress("checking raw data")
    results = check_raw(
        refresh.warehouse.build_file,
        as_of=refresh.as_of,
        freshness_days=refresh.settings.thresholds.stale_after_days,
        results=refresh.warehouse.check_results,
    )
    yield from recorded(refresh, results, raw_asset)
