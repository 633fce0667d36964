"""The compiled models as a warehouse runs them whose least and greatest are NULL when an argument is."""

import re

from orchestration.landing.streams import load_streams
from tests.python.models.compiled import ModelRun

_MOST_ARGUMENTS = 8


def with_strict_nulls(models: list[tuple[str, str]]) -> ModelRun:
    """An in-memory warehouse like BigQuery or Snowflake in this one matter; DuckDB and Spark pass over NULL.

    Args:
        models: The compiled models, with DuckDB's functions.
    """
    calls = re.compile(r"\b(least|greatest)\s*\(")
    strict = [(relation, calls.sub(r"memory.strict_\1(", statement)) for relation, statement in models]
    run = ModelRun(strict, load_streams())
    for function in ("least", "greatest"):
        run.connection.execute(f"create macro memory.strict_{function} {_overloads(function)}")
    return run


def _overloads(function: str) -> str:
    bodies = []
    for count in range(2, _MOST_ARGUMENTS + 1):
        names = [f"value{number}" for number in range(count)]
        known = " and ".join(f"{name} is not null" for name in names)
        listed = ", ".join(names)
        bodies.append(f"({listed}) as case when {known} then {function}({listed}) end")
    return ", ".join(bodies)
