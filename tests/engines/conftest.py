"""What tests on Spark share: one Spark in this process, and the macros it runs."""

import os
from collections.abc import Iterator

import pytest
from pyspark.sql import SparkSession

from tests.engines.rendered import SparkExpressions
from tests.python.models.rendered import EXPRESSIONS, render

_EXPRESSIONS = {
    **EXPRESSIONS,
    # Spark gives the days of all cases as rows, DuckDB's test gathers them by case.
    "date_sequence": "{{ date_sequence('first_date', 'last_date') }}",
    "created_month": "{{ created_month('instant') }}",
    "surrogate_key": "{{ surrogate_key(['first_part', 'second_part']) }}",
    "sha256_hex": "{{ adapter.dispatch('sha256_hex')('first_part') }}",
    "each_part": "{{ each_part('listed') }}",
    "joined_texts": "(select {{ joined_texts('word') }} from cases)",
    "joined_nothing": "(select {{ joined_texts('nullif(word, word)') }} from cases)",
    "second_percentile": "(select {{ nth(percentiles('seconds', [0.5, 0.9]), 2) }} from cases)",
    "wilson_low": "{{ wilson_bound('numerator', 'denominator', -1) }}",
    "wilson_high": "{{ wilson_bound('numerator', 'denominator', 1) }}",
    "last_known": "{{ last_known('known', 'part', 'number') }}",
    "last_known_before": "{{ last_known('known', 'part', 'number', before=true) }}",
}


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "2")
        # As profiles.yml and dbt-spark say it.
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.timestampType", "TIMESTAMP_NTZ")
        .config("spark.sql.ansi.enabled", "false")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="session")
def macros(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> SparkExpressions:
    folder = tmp_path_factory.mktemp("rendered")
    return SparkExpressions(render(_EXPRESSIONS, folder, target="spark"), spark)
