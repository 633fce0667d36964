"""An expectation of our own: a query says itself whether it holds and what it saw."""

from typing import Any, ClassVar

from great_expectations.execution_engine.execution_engine import ExecutionEngine
from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation


class ExpectStatementToHold(UnexpectedRowsExpectation):
    """Runs a query that returns one row, ``passed`` and ``observed``, and reports both."""

    # Without the base's row count the query runs once.
    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.table",)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,
        execution_engine: ExecutionEngine[Any] | None = None,
    ) -> dict[str, Any]:
        (statement,) = metrics["unexpected_rows_query.table"]
        return {"success": bool(statement["passed"]), "result": {"observed_value": statement["observed"]}}
