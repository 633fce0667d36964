"""DuckDB's types as PostgreSQL has them: every value comes out as it went in."""

import re

_TYPES = {
    "BOOLEAN": "boolean",
    "TINYINT": "smallint",
    "SMALLINT": "smallint",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "HUGEINT": "numeric(39,0)",
    "UTINYINT": "smallint",
    "USMALLINT": "integer",
    "UINTEGER": "bigint",
    "UBIGINT": "numeric(20,0)",
    "FLOAT": "real",
    "DOUBLE": "double precision",
    "VARCHAR": "text",
    "DATE": "date",
    "TIME": "time",
    # Published instants are UTC without a zone. With one, days would depend on each session's time zone.
    "TIMESTAMP": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
    "INTERVAL": "interval",
    "UUID": "uuid",
    "JSON": "jsonb",
}
_DECIMAL = re.compile(r"DECIMAL\((\d+),(\d+)\)")
_NESTED = re.compile(r"(STRUCT|MAP)\(.*\)|.*\[\d*\]", re.DOTALL)


def postgres_type(duckdb_type: str) -> str | None:
    """The type of a column in PostgreSQL.

    Args:
        duckdb_type: The type as DuckDB names it.

    Returns:
        The type; None where there is none that holds every value exactly.
    """
    if decimal := _DECIMAL.fullmatch(duckdb_type):
        return f"numeric({decimal[1]},{decimal[2]})"
    if is_nested(duckdb_type):
        return "jsonb"
    if duckdb_type.startswith("ENUM("):
        return "text"
    return _TYPES.get(duckdb_type)


def is_nested(duckdb_type: str) -> bool:
    """Whether a type is a list, a struct or a map, which go over as JSON."""
    return _NESTED.fullmatch(duckdb_type) is not None and not duckdb_type.startswith("ENUM(")
