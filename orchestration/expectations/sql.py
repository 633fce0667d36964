"""SQL text for Great Expectations, which runs query text and takes no parameters.

Every identifier goes through :func:`identifier` and every value through :func:`literal`; nothing else may
be put into a query.
"""

from datetime import datetime
from string import Template


def identifier(*parts: str) -> str:
    """Quote an identifier: ``identifier("core", "fct_tickets")`` is ``"core"."fct_tickets"``."""
    return ".".join(_escape('"' + part.replace('"', '""') + '"') for part in parts)


def literal(value: str | float | datetime) -> str:
    """Write a value as an SQL literal.

    Args:
        value: A text, a number, or a naive datetime in UTC.

    Returns:
        The literal, safe inside a query that Great Expectations formats and SQLAlchemy parses.
    """
    if isinstance(value, str):
        return _escape("'" + value.replace("'", "''") + "'")
    if isinstance(value, datetime):
        return f"make_timestamp({_microseconds(value)})"
    return repr(value)


def fill(template: str, **fragments: str) -> str:
    """Put fragments made by this module into ``$names`` of a template; ``$$`` is a dollar sign."""
    return Template(template).substitute(fragments)


def _escape(text: str) -> str:
    # str.format reads braces, and sqlalchemy.text() reads :name as a parameter.
    return text.replace("{", "{{").replace("}", "}}").replace(":", "\\:")


def _microseconds(instant: datetime) -> int:
    elapsed = instant - datetime(1970, 1, 1)
    return (elapsed.days * 86_400 + elapsed.seconds) * 1_000_000 + elapsed.microseconds
