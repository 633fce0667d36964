"""Runs declared checks with Great Expectations. Slow to import: :mod:`run` loads it when it is needed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import great_expectations as gx
from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.core.expectation_validation_result import expectationSuiteValidationResultSchema
from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.datasource.fluent.interfaces import TestConnectionError
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
from great_expectations.expectations.expectation import Expectation

from orchestration.expectations.declarations import STATEMENT, Check
from orchestration.expectations.observed import absent_table, to_result
from orchestration.expectations.results import CheckResult
from orchestration.expectations.sql import fill
from orchestration.expectations.statement import ExpectStatementToHold
from orchestration.expectations.store import ResultStore

# The one set of options under which Great Expectations reads DuckDB: no transaction to roll back, no
# temporary tables, nothing to write. Its own limit would cut the labels of long column names short.
_SOURCE_OPTIONS: dict[str, Any] = {
    "create_temp_table": False,
    "kwargs": {
        "isolation_level": "AUTOCOMMIT",
        "skip_autocommit_rollback": True,
        "pool_reset_on_return": None,
        "max_identifier_length": 255,
        "connect_args": {"read_only": True},
    },
}


def run_checks(
    database: Path, checks: Sequence[Check], *, facts: dict[str, str], store: ResultStore
) -> list[CheckResult]:
    """Run checks against a DuckDB file that nobody is writing, and leave it free.

    Args:
        database: The file.
        checks: The checks, those of one table side by side.
        facts: SQL literals, the columns of ``run`` that statements read.
        store: Keeps what the report shows.

    Returns:
        One result per check, in the order given.
    """
    run = fill("select $columns", columns=", ".join(f"{value} as {name}" for name, value in facts.items()))
    results: list[CheckResult] = []
    with _datasource(database) as (context, datasource):
        for asset, of_asset in groupby(checks, key=lambda check: check.asset):
            suite = list(of_asset)
            validation = _validate(context, datasource, asset, [_expectation(check, run) for check in suite])
            if validation is None:
                results += [absent_table(check) for check in suite]
                continue
            store.keep(asset, expectationSuiteValidationResultSchema.dump(validation))
            found = {_check_name(each): each for each in validation.results}
            results += [to_result(check, found[check.name]) for check in suite]
    store.keep_checks(results)
    return results


@contextmanager
def _datasource(database: Path) -> Iterator[tuple[EphemeralDataContext, SQLDatasource]]:
    configuration = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
        analytics_enabled=False,
    )
    context = gx.get_context(mode="ephemeral", project_config=configuration)
    connection_string = f"duckdb:///{database}"
    datasource = context.data_sources.add_sql(
        "warehouse", connection_string=connection_string, **_SOURCE_OPTIONS
    )
    try:
        yield context, datasource
    finally:
        datasource.get_execution_engine().close()
        datasource.get_engine().dispose()


def _validate(
    context: EphemeralDataContext, datasource: SQLDatasource, asset: str, expectations: list[Expectation]
) -> ExpectationSuiteValidationResult | None:
    """Validate one table; None when the table does not exist."""
    schema, table = asset.split(".")
    try:
        table_asset = datasource.add_table_asset(asset, table_name=table, schema_name=schema)
    except TestConnectionError:
        return None
    suite = context.suites.add(gx.ExpectationSuite(asset, expectations=expectations))
    batch = table_asset.add_batch_definition_whole_table("whole table")
    definition = context.validation_definitions.add(
        gx.ValidationDefinition(name=asset, data=batch, suite=suite)
    )
    return definition.run(result_format="SUMMARY")


def _check_name(validation: ExpectationValidationResult) -> object:
    configuration = validation.expectation_config
    return configuration.meta["check"] if configuration and configuration.meta else None


def _expectation(check: Check, run: str) -> Expectation:
    common: dict[str, Any] = {
        "description": check.expectation,
        "severity": "critical" if check.severity == "error" else "warning",
        "meta": {"check": check.name},
    }
    if check.kind == STATEMENT:
        query = fill(
            "with run as ($run) select * from ($statement) as statement", run=run, statement=check.query
        )
        return ExpectStatementToHold(unexpected_rows_query=query, **common)
    shipped: Callable[..., Expectation] = getattr(gx.expectations, check.kind)
    return shipped(**check.arguments, **common)
