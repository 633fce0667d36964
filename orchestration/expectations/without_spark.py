"""Great Expectations without the Spark part, which it loads wherever pyspark is installed.

Checks run on DuckDB alone. Loading pyspark takes most of a second and warns on the terminal, and in a process
without a main file (Dagster starts such ones for scheduled runs) pyspark ends the process.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _NoSpark(MetaPathFinder):
    """Finds everything but pyspark."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse pyspark; leave any other module to the finders that follow."""
        if fullname.partition(".")[0] == "pyspark":
            raise ModuleNotFoundError(f"{fullname} is of no use to checks on DuckDB", name=fullname)
        return None


@contextmanager
def _spark_hidden() -> Iterator[None]:
    finder = _NoSpark()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


def import_without_spark(name: str) -> ModuleType:
    """Import a module that needs Great Expectations.

    Args:
        name: The module's full name.
    """
    with _spark_hidden():
        return import_module(name)
