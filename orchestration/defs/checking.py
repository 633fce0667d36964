"""What raw and publication checks share: their Dagster specs, and how their results are kept and told."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime

from dagster import AssetCheckResult, AssetCheckSeverity, AssetCheckSpec, AssetKey

from orchestration.defs.resources import Refresh
from orchestration.errors import RefusedError
from orchestration.expectations.advice import advice
from orchestration.expectations.report import write_report
from orchestration.expectations.results import CheckResult
from orchestration.progress import progress
from orchestration.publishing.checks import record_checks
from orchestration.publishing.failing_rows import record_failing_rows

Name = tuple[str, str, str]


def check_specs(
    names: Iterable[Name],
    asset_of: Callable[[str], AssetKey],
    may_block: Callable[[str], bool] = lambda _: True,
) -> list[AssetCheckSpec]:
    """Specs of checks; those with severity error hold back everything downstream.

    Args:
        names: Asset, check and severity of each check.
        asset_of: The Dagster asset of a table.
        may_block: Whether checks of a table may hold back what is built on it.
    """
    return [
        AssetCheckSpec(check, asset=asset_of(table), blocking=severity == "error" and may_block(table))
        for table, check, severity in names
    ]


def recorded(
    refresh: Refresh, results: Sequence[CheckResult], asset_of: Callable[[str], AssetKey]
) -> Iterator[AssetCheckResult]:
    """Keep results in meta.checks and in the report, tell those that did not pass, and hand them to Dagster.

    Args:
        refresh: The run.
        results: What the checks said.
        asset_of: The Dagster asset of a table.

    Yields:
        The results as asset check results.

    Raises:
        RefusedError: A blocking check did not pass; told after every result was handed on.
    """
    keep(refresh, results)
    write_report(refresh.warehouse.check_results, refresh.warehouse.check_report.parent)
    for result in results:
        yield AssetCheckResult(
            passed=result.status == "passed",
            asset_key=asset_of(result.asset),
            check_name=result.check,
            severity=AssetCheckSeverity.ERROR if result.severity == "error" else AssetCheckSeverity.WARN,
            metadata={"observed": result.observed, "expectation": result.expectation},
        )
    if any(result.is_blocking for result in results):
        refresh.finish("refused", refusal(results))
        raise RefusedError(refusal(results))


def keep(refresh: Refresh, results: Sequence[CheckResult]) -> None:
    """Keep results, with rows that break them, in the build file's meta, and tell those that did not pass.

    Args:
        refresh: The run.
        results: What the checks said.
    """
    record_checks(refresh.warehouse, refresh.run_id, results, checked_at=datetime.now(UTC))
    row_count = record_failing_rows(refresh.warehouse, refresh.run_id, results)
    _tell(results)
    if row_count:
        progress("  rows that break a check: helpdesk status --rows")


def _tell(results: Sequence[CheckResult]) -> None:
    """Progress: how many checks passed, and a line for each that warns; what refuses is the run's error."""
    passed = sum(result.status == "passed" for result in results)
    progress(f"  {passed} of {len(results)} checks passed")
    for result in results:
        if result.status != "passed" and not result.is_blocking:
            progress(f"  warning: {result.asset}: {result.check}: {result.observed}")


def refusal(results: Sequence[CheckResult]) -> str:
    """One line per blocking result: which check, on what, what it saw, what to do."""
    blocking = [result for result in results if result.is_blocking]
    return "\n".join(
        f"{result.asset}: {result.check}: {result.observed}; {advice(result.asset, result.check)}"
        for result in blocking
    )
