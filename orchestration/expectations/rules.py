"""Checks of published tables that recur, each with its sentence."""

from collections.abc import Iterable, Sequence

from orchestration.expectations.declarations import Check, rows_statement, rows_where
from orchestration.expectations.results import Severity


def rows(
    asset: str, name: str, expectation: str, violation: str, sample: str, *, severity: Severity = "error"
) -> Check:
    """A rule of our own that no row may break; :func:`rows_statement` tells condition and sample."""
    statement = rows_statement(violation, sample=sample)
    return Check(asset, name, severity, expectation, query=statement, rows=rows_where(violation))


def never_null(asset: str, *columns: str) -> Iterable[Check]:
    """A check per column that it is never NULL."""
    for column in columns:
        yield _shipped(
            asset,
            f"{column}_is_present",
            f"{column} is never missing.",
            "ExpectColumnValuesToNotBeNull",
            column=column,
        )


def one_of(asset: str, column: str, values: Sequence[str]) -> Check:
    """Every value of a column is in a closed list; NULL is left to :func:`never_null`."""
    expectation = f"{column} is one of {', '.join(values)}."
    return _shipped(
        asset,
        f"{column}_is_known",
        expectation,
        "ExpectColumnValuesToBeInSet",
        column=column,
        value_set=list(values),
    )


def not_negative(asset: str, column: str) -> Check:
    """No value of a column is below 0."""
    name = f"{column}_is_not_negative"
    return _shipped(
        asset,
        name,
        f"{column} is never below 0.",
        "ExpectColumnValuesToBeBetween",
        column=column,
        min_value=0,
    )


def unique(asset: str, columns: Sequence[str], *, name: str = "") -> Check:
    """No two rows share the values of the columns."""
    expectation = f"No two rows share {', '.join(columns)}."
    name = name or f"{'_'.join(columns)}_is_unique"
    if len(columns) == 1:
        return _shipped(asset, name, expectation, "ExpectColumnValuesToBeUnique", column=columns[0])
    return _shipped(asset, name, expectation, "ExpectCompoundColumnsToBeUnique", column_list=list(columns))


def _shipped(asset: str, name: str, expectation: str, kind: str, **arguments: object) -> Check:
    return Check(asset, name, "error", expectation, kind=kind, arguments=arguments)
