"""An expectation of our own: a query says itself whether it holds and what it saw."""

from html import escape
from typing import Any, ClassVar

from great_expectations.core import ExpectationValidationResult
from great_expectations.execution_engine.execution_engine import ExecutionEngine
from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.render.components import LegacyDiagnosticRendererType
from great_expectations.render.renderer.renderer import renderer


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

    @classmethod
    @renderer(renderer_type=LegacyDiagnosticRendererType.OBSERVED_VALUE)
    def _diagnostic_observed_value_renderer(
        cls,
        configuration: ExpectationConfiguration | None = None,
        result: ExpectationValidationResult | None = None,
        runtime_configuration: dict[str, Any] | None = None,
    ) -> str:
        # The page takes this text as markup, and it quotes delivered data.
        return escape(str(result.result.get("observed_value", "–")) if result else "–")
