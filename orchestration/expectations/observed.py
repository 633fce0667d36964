"""Great Expectations' results as one line for people."""

import re
from collections.abc import Mapping
from typing import Any

from great_expectations.core import ExpectationValidationResult

from orchestration.expectations.declarations import Check
from orchestration.expectations.privacy import E_MAIL
from orchestration.expectations.results import CheckResult, Status

_LONGEST_VALUE = 120


def to_result(check: Check, validation: ExpectationValidationResult) -> CheckResult:
    """Tell what Great Expectations saw; an expectation that raised is an error, not a failure of the data."""
    message = _exception_message(validation.exception_info or {})
    if message is not None:
        return _result(check, "error", f"the check could not run: {message}")
    return _result(check, "passed" if validation.success else "failed", _line(validation.result))


def absent_table(check: Check) -> CheckResult:
    """The result of a check whose table does not exist."""
    return _result(check, "error", f"the check could not run: there is no table {check.asset}")


def _result(check: Check, status: Status, observed: str) -> CheckResult:
    # Results are published, and a sample of a broken column may be anything.
    line = re.sub(E_MAIL, "<e-mail address>", " ".join(observed.split()))
    return CheckResult(check.name, check.asset, check.severity, status, line, check.expectation)


def _exception_message(information: Mapping[str, Any]) -> str | None:
    """The first line of the exception; one expectation may carry one exception per metric."""
    for each in (information, *(value for value in information.values() if isinstance(value, dict))):
        if each.get("raised_exception"):
            text = str(each.get("exception_message")).strip() or "no message"
            return text.splitlines()[0]
    return None


def _line(result: Mapping[str, Any]) -> str:
    if "element_count" in result:
        return _rows_line(result)
    missing = result.get("details", {}).get("mismatched", {}).get("missing")
    if missing:
        return f"missing columns: {', '.join(missing)}"
    observed = result.get("observed_value")
    return f"{len(observed)} columns" if isinstance(observed, list) else str(observed)


def _rows_line(result: Mapping[str, Any]) -> str:
    total, unexpected = result["element_count"], result.get("unexpected_count", 0)
    if not unexpected:
        return f"0 of {total:,} rows break it"
    line = f"{unexpected:,} of {total:,} rows break it ({100 * unexpected / total:.2f} %)"
    values = [value for value in result.get("partial_unexpected_list", []) if value is not None]
    samples = list(dict.fromkeys(_sample(value) for value in values))[:3]
    return f"{line}, for example {'; '.join(samples)}" if samples else line


def _sample(value: object) -> str:
    text = " ".join(map(str, value.values())) if isinstance(value, dict) else str(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"
