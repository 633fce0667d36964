"""Macros as the SQL that Spark gets: rendered by dbt, run on many cases in one query."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyspark.sql import SparkSession

from orchestration.warehouse import PROJECT_ROOT

_BETWEEN = "-- the next expression --"


def render_for_spark(expressions: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The SQL that dbt makes of Jinja expressions on the target ``spark``, by name."""
    command: list[str | Path] = [Path(sys.executable).with_name("dbt"), "--quiet", "compile"]
    command += ["--no-populate-cache", "--target", "spark", "--profiles-dir", "."]
    command += ["--target-path", folder, "--log-path", folder]
    done = subprocess.run(
        [*command, "--inline", f"\n{_BETWEEN}\n".join(expressions.values())],
        cwd=PROJECT_ROOT,
        env=os.environ | {"HELPDESK_SPARK_METHOD": "session"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(zip(expressions, done.stdout.split(_BETWEEN), strict=True))


class SparkExpressions:
    """Expressions over the columns of a table named cases."""

    def __init__(self, sql: Mapping[str, str], spark: SparkSession) -> None:
        self.sql = sql
        self.spark = spark

    def values(self, name: str, columns: Mapping[str, Sequence[Any]]) -> list[Any]:
        """What one expression makes of every case, in one query.

        Args:
            name: The expression.
            columns: The cases: the values of each column it reads, equally many.
        """
        count = len(next(iter(columns.values())))
        cases = pa.table({"number": range(count), **columns})
        self.spark.createDataFrame(cases).createOrReplaceTempView("cases")
        rows = self.spark.sql(f"select {self.sql[name]} as value from cases order by number").collect()
        return [row.value for row in rows]
