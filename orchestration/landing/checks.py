"""What makes a record bad: a required column that is missing, a value that is not what its column holds."""

from orchestration.landing.data_types import is_blank, reads
from orchestration.landing.domains import rules
from orchestration.landing.statements import Fragment, Parameter, compose, identifier, joined
from orchestration.landing.streams import Column, Stream

_NAMES = {"integer": "an integer", "json": "JSON"}
_SHOWN_CHARACTERS = 80


def reason_expression(stream: Stream, delivered: set[str]) -> tuple[Fragment, list[Parameter]]:
    """Write the SQL expression that says why a record is bad.

    Args:
        stream: What the columns must hold.
        delivered: Names of the registry's columns that the file has.

    Returns:
        An expression that is every reason of a record, or NULL when the record is good; and its parameters.
    """
    cases: list[Fragment] = []
    parameters: list[Parameter] = []
    for column in stream.columns:
        for case, values in _cases(stream, column, column.name in delivered):
            cases.append(case)
            parameters += values
    if not cases:
        return Fragment("cast(null as varchar)"), []
    return compose("nullif(concat_ws('; ', {cases}), '')", cases=joined(cases)), parameters


def _cases(stream: Stream, column: Column, is_delivered: bool) -> list[tuple[Fragment, list[Parameter]]]:
    missing = f"required column {column.name} is missing"
    if not is_delivered:
        return [(Fragment("cast(? as varchar)"), [missing])] if column.required else []
    blank, parameters = is_blank(column.name)
    is_missing = compose(
        "(coalesce({blank}, true) or {column} is not distinct from ?)",
        blank=blank,
        column=identifier(column.name),
    )
    parameters = [*parameters, stream.missing_text]
    cases: list[tuple[Fragment, list[Parameter]]] = []
    if column.required:
        cases.append((compose("case when {missing} then ? end", missing=is_missing), [*parameters, missing]))
    branches = _branches(stream, column)
    if branches:
        case = compose(
            "case when {missing} then null {branches} end",
            missing=is_missing,
            branches=joined((branch for branch, _ in branches), " "),
        )
        cases.append((case, parameters + [value for _, values in branches for value in values]))
    return cases


def _branches(stream: Stream, column: Column) -> list[tuple[Fragment, list[Parameter]]]:
    """What may be wrong with a value that is there; only the first is told."""
    faults: list[tuple[Fragment, list[Parameter], str]] = []
    if column.data_type != "string":
        condition, parameters = reads(stream, column)
        unreadable = compose("not coalesce({condition}, false)", condition=condition)
        faults.append(
            (unreadable, parameters, f"is not {_NAMES.get(column.data_type, f'a {column.data_type}')}")
        )
    faults += [(rule.is_broken, rule.parameters, rule.told) for rule in rules(stream, column)]
    return [
        (
            compose(
                "when {fault} then concat(?, left({column}, {shown}), '''')",
                fault=fault,
                column=identifier(column.name),
                shown=Fragment(str(_SHOWN_CHARACTERS)),
            ),
            [*parameters, f"{column.name} {told}: '"],
        )
        for fault, parameters, told in faults
    ]
