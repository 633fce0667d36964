"""What tests on Spark share: one Spark in this process, and the macros it runs."""

import os
from collections.abc import Iterator

import pytest
from pyspark.sql import SparkSession

from tests.engines.rendered import SparkExpressions, render_for_spark

_EXPRESSIONS = {
    "local_to_utc": "{{ local_to_utc('local_time', 'time_zone') }}",
    "utc_to_local": "{{ utc_to_local('instant', 'time_zone') }}",
    "reporting_day": "{{ reporting_day('instant', 'time_zone') }}",
    "iso_to_utc": "{{ iso_to_utc('text_value', 'time_zone') }}",
    "servicenow_to_utc": "{{ servicenow_to_utc('text_value', 'time_zone') }}",
    "text_to_timestamp": "{{ text_to_timestamp('text_value', '%d.%m.%Y %H:%M:%S') }}",
    "seconds_between": "{{ seconds_between('from_instant', 'to_instant') }}",
    "iso_weekday": "{{ iso_weekday('date_value') }}",
    "date_sequence": "{{ date_sequence('first_date', 'last_date') }}",
    "created_month": "{{ created_month('instant') }}",
    "surrogate_key": "{{ surrogate_key(['first_part', 'second_part']) }}",
    "last_known": "{{ last_known('number_or_none', 'part', 'number') }}",
    "last_known_before": "{{ last_known('number_or_none', 'part', 'number', before=true) }}",
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
    return SparkExpressions(render_for_spark(_EXPRESSIONS, tmp_path_factory.mktemp("rendered")), spark)
