"""Macros as the SQL the models get: rendered by dbt itself, run in memory on many cases in one query."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa

from orchestration.warehouse import PROJECT_ROOT

_BETWEEN = "-- the next expression --"
EXPRESSIONS = {
    "local_to_utc": "{{ local_to_utc('local_time', 'time_zone') }}",
    "utc_to_local": "{{ utc_to_local('instant', 'time_zone') }}",
    "reporting_day": "{{ reporting_day('instant', 'time_zone') }}",
    "iso_to_utc": "{{ iso_to_utc('text_value', 'time_zone') }}",
    "servicenow_to_utc": "{{ servicenow_to_utc('text_value', 'time_zone') }}",
    "text_to_timestamp": "{{ text_to_timestamp('text_value', '%d.%m.%Y %H:%M:%S') }}",
    "seconds_between": "{{ seconds_between('from_instant', 'to_instant') }}",
    "iso_weekday": "{{ iso_weekday('date_value') }}",
    "days_after": "{{ days_after('date_value', 'amount') }}",
    "months_after": "{{ months_after('date_value', 'amount') }}",
    "date_sequence": (
        "(select list(day) from (select {{ date_sequence('first_date', 'last_date') }} as day))"
    ),
}


@cache
def time_macros() -> dict[str, str]:
    """The SQL of the macros of macros/time.sql and macros/dates.sql by name, rendered once for all tests."""
    with TemporaryDirectory(prefix="helpdesk-rendered-") as folder:
        return render(EXPRESSIONS, Path(folder))


def render(expressions: Mapping[str, str], folder: Path, *, target: str = "duckdb") -> dict[str, str]:
    """The SQL that dbt makes of Jinja expressions for one of its targets, by name."""
    (folder / "private").mkdir()
    command: list[str | Path] = [
        Path(sys.executable).with_name("dbt"),
        "--quiet",
        "compile",
        "--no-populate-cache",
    ]
    command += ["--target", target, "--profiles-dir", ".", "--target-path", folder, "--log-path", folder]
    done = subprocess.run(
        [*command, "--inline", f"\n{_BETWEEN}\n".join(expressions.values())],
        cwd=PROJECT_ROOT,
        env=os.environ | {"HELPDESK_WAREHOUSE": str(folder), "HELPDESK_SPARK_METHOD": "session"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(zip(expressions, done.stdout.split(_BETWEEN), strict=True))


class RenderedMacros:
    """Rendered macros, each an expression over the columns of a table named cases."""

    def __init__(self, sql: Mapping[str, str], connection: duckdb.DuckDBPyConnection) -> None:
        self.sql = sql
        self.connection = connection
        self.connection.execute("set TimeZone = 'UTC'")

    def values(self, name: str, columns: Mapping[str, Sequence[Any]]) -> list[Any]:
        """What one expression makes of every case, in one query; for one that gives rows, a list a case.

        Args:
            name: The expression.
            columns: The cases: the values of each column it reads, equally many.
        """
        count = len(next(iter(columns.values())))
        self.connection.register("cases", pa.table({"number": range(count), **columns}))
        rows = self.connection.execute(f"select {self.sql[name]} from cases order by number").fetchall()
        self.connection.unregister("cases")
        return [value for (value,) in rows]
