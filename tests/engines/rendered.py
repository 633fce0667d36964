"""Macros as the SQL that Spark gets, run on many cases in one query."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
from pyspark.sql import SparkSession


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
