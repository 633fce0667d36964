"""Units of numbers, by the names of columns: units.toml, one line a rule."""

import re
import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("units.toml")
_NUMBERS = ("bigint", "double", "decimal")


def unit_of(table: str, column: str, data_type: str) -> str | None:
    """The unit in which a column counts.

    Args:
        table: The table, such as ``core.fct_calls``.
        column: The column.
        data_type: Its type, as a contract says it.

    Returns:
        The unit; None of what is no number, and of a number no rule knows, which a test forbids.
    """
    if not data_type.startswith(_NUMBERS):
        return None
    name = f"{table}.{column}"
    return next((unit for pattern, unit in _rules() if pattern.search(name)), None)


@cache
def _rules() -> list[tuple[re.Pattern[str], str]]:
    rules = tomllib.loads(_FILE.read_text(encoding="utf-8"))["rules"]
    return [(re.compile(rf"{rule['ends']}$"), rule["unit"]) for rule in rules]
