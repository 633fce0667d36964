"""Putting SQL together safely: names are quoted, fragments are our own, values are parameters."""

from collections.abc import Iterable
from typing import NewType

Fragment = NewType("Fragment", str)
Parameter = str | int | list[str] | None


def identifier(name: str) -> Fragment:
    """Quote one name.

    Args:
        name: Any text.

    Returns:
        The name in double quotes, its own quotes doubled.
    """
    return Fragment('"' + name.replace('"', '""') + '"')


def table_name(name: str) -> Fragment:
    """Quote a name ``schema.table`` part by part."""
    return Fragment(".".join(identifier(part) for part in name.split(".")))


def identifiers(names: Iterable[str]) -> Fragment:
    """Quote names and put commas between them."""
    return Fragment(", ".join(identifier(name) for name in names))


def text(value: str) -> Fragment:
    """Quote a text, where DuckDB takes no parameter.

    Args:
        value: Any text.

    Returns:
        The text in single quotes, its own quotes doubled.
    """
    return Fragment("'" + value.replace("'", "''") + "'")


def joined(parts: Iterable[Fragment], separator: str = ", ") -> Fragment:
    """Put fragments one after the other, with a separator between them."""
    return Fragment(separator.join(parts))


def compose(template: str, /, **parts: Fragment) -> Fragment:
    """Fill a statement with fragments.

    Args:
        template: SQL of this project with ``{name}`` where a fragment goes.
        parts: The fragments.

    Returns:
        The statement.
    """
    return Fragment(template.format(**parts))
