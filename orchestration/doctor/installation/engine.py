"""Does DuckDB have all it needs without a network?"""

from collections.abc import Iterator

import duckdb

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, ok, wrong

NEEDED = ("icu", "json", "parquet")


def findings(case: Case) -> Iterator[Finding]:
    """DuckDB's version, and its extensions: none is fetched at run time."""
    with duckdb.connect() as connection:
        loaded = connection.execute(
            "select extension_name from duckdb_extensions()"
            " where loaded and list_contains(?, extension_name)",
            [list(NEEDED)],
        ).fetchall()
    missing = set(NEEDED) - {name for (name,) in loaded}
    if missing:
        yield wrong(
            f"DuckDB {duckdb.__version__} here lacks its extensions {', '.join(sorted(missing))}",
            "make setup: the locked wheel brings them along",
        )
    else:
        yield ok(f"DuckDB {duckdb.__version__}, with its extensions {', '.join(NEEDED)}")
