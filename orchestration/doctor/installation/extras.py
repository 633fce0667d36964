"""Are the optional parts there that the configuration asks for?"""

import os
import re
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec

from orchestration.doctor.case import Case
from orchestration.doctor.configuration.settings import settings_of
from orchestration.doctor.finding import Finding, ok, wrong
from orchestration.errors import UsageError
from orchestration.postgres.command import require_driver
from orchestration.spark.connection import check_installed, java_command

OLDEST_JAVA = 17
_OPTIONAL = {
    "pyspark": "Spark (make setup-spark)",
    "psycopg": "PostgreSQL (make setup-postgres)",
    "dbt_metricflow": "MetricFlow (make setup-semantic)",
    "playwright": "a browser for tests (make setup-browser)",
}
_PATIENCE_SECONDS = 20


def findings(case: Case) -> Iterator[Finding]:
    """The packages of what helpdesk.toml has a section for, and Spark's Java; otherwise which there are."""
    if settings_of(case).postgres:
        try:
            require_driver()
        except UsageError as error:
            yield wrong(str(error), "make setup-postgres")
    spark = settings_of(case).spark
    if spark is None:
        absent = [what for package, what in _OPTIONAL.items() if find_spec(package) is None]
        yield ok(
            f"not installed, and not needed: {', '.join(absent)}" if absent else "all extras are installed"
        )
        return
    try:
        check_installed(spark)
    except UsageError as error:
        yield wrong(str(error), "make setup-spark")
        return
    if spark.method == "session":
        yield from _java(java_command())
    else:
        yield ok(f"Spark is asked for at {spark.host}:{spark.port}; whether it answers is not tried here")


def _java(command: str | os.PathLike[str]) -> Iterator[Finding]:
    done = subprocess.run(
        [command, "-version"], capture_output=True, text=True, check=False, timeout=_PATIENCE_SECONDS
    )
    found = re.search(r'version "(\d+)', done.stderr + done.stdout)
    if not found or int(found[1]) < OLDEST_JAVA:
        version = found[1] if found else "of no known version"
        yield wrong(
            f"Java {version} ({command}) is too old for Spark", "apt-get install openjdk-17-jre-headless"
        )
    else:
        yield ok(f"Java {found[1]} for Spark")
